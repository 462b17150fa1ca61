interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** Finds the first text of a drawing that stands inside of an outline, by a search along x. */
export function labelsWithin(labels: readonly Label[]): (rings: readonly Float64Array[]) => string | undefined {
  const sorted = labels.map((label, order) => ({ ...label, order })).toSorted((a, b) => a.x - b.x);
  return rings => {
    const [west, south, east, north] = boxOf(rings);
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as Label).x < west) low = middle + 1;
      else high = middle;
    }
    let first: (Label & { readonly order: number }) | undefined;
    for (let at = low; at < sorted.length; at++) {
      const label = sorted[at] as Label & { readonly order: number };
      if (label.x > east) break;
      const isBetter = first === undefined || label.order < first.order;
      if (isBetter && label.y >= south && label.y <= north && isInside(label, rings)) first = label;
    }
    return first?.text;
  };
}

function boxOf(rings: readonly Float64Array[]): [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const pairs of rings) {
    for (let i = 0; i < pairs.length; i += 2) {
      west = Math.min(west, pairs[i] as number);
      east = Math.max(east, pairs[i] as number);
      south = Math.min(south, pairs[i + 1] as number);
      north = Math.max(north, pairs[i + 1] as number);
    }
  }
  return [west, south, east, north];
}

/** Even-odd over all rings. */
function isInside({ x, y }: Label, rings: readonly Float64Array[]): boolean {
  let inside = false;
  for (const pairs of rings) {
    for (let i = 0, j = pairs.length - 2; i < pairs.length; j = i, i += 2) {
      const [xi, yi, xj, yj] = [pairs[i], pairs[i + 1], pairs[j], pairs[j + 1]] as [number, number, number, number];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}
