import { rgbOfIndex } from '../../formats/dxf/colour-index.ts';
import type { SurveyLayer } from '../survey-file.ts';
import type { GroupCode } from './group-codes.ts';

interface Layer {
  readonly name: string;
  readonly colour: string | null;
  readonly isFrozen: boolean;
  readonly isOff: boolean;
  count: number;
  box: [number, number, number, number] | undefined;
}

const FROZEN = 1;
const MAX_LAYERS = 5_000;

/** The layers of a drawing: what its table says of them, and what lies on them. Names are the same in small and in capital letters. */
export class DrawingLayers {
  private readonly layers = new Map<string, Layer>();

  declare(codes: readonly GroupCode[]): void {
    const first = (code: number): string | undefined => codes.find(one => one.code === code)?.value;
    const name = first(2) ?? '';
    const colour = Number(first(62) ?? 7);
    const exact = first(420);
    if (name === '' || this.layers.size >= MAX_LAYERS) return;
    this.layers.set(name.toLowerCase(), {
      name,
      colour: exact === undefined ? colourOf(Math.abs(colour)) : hex(Number(exact)),
      isFrozen: (Number(first(70) ?? 0) & FROZEN) === FROZEN,
      isOff: colour < 0,
      count: 0,
      box: undefined,
    });
  }

  /** The name as the table spells it. */
  nameOf(name: string): string {
    return this.layers.get(name.toLowerCase())?.name ?? name;
  }

  isHidden(name: string): boolean {
    const layer = this.layers.get(name.toLowerCase());
    return layer !== undefined && (layer.isFrozen || layer.isOff);
  }

  count(name: string, pairs: Float64Array): void {
    const key = name.toLowerCase();
    let layer = this.layers.get(key);
    if (layer === undefined) {
      layer = { name, colour: null, isFrozen: false, isOff: false, count: 0, box: undefined };
      if (this.layers.size < MAX_LAYERS) this.layers.set(key, layer);
    }
    layer.count++;
    const box = (layer.box ??= [Infinity, Infinity, -Infinity, -Infinity]);
    for (let i = 0; i < pairs.length; i += 2) {
      box[0] = Math.min(box[0], pairs[i] as number);
      box[1] = Math.min(box[1], pairs[i + 1] as number);
      box[2] = Math.max(box[2], pairs[i] as number);
      box[3] = Math.max(box[3], pairs[i + 1] as number);
    }
  }

  /** Layers with outlines, most first. */
  list(isTaken: (name: string) => boolean): SurveyLayer[] {
    return [...this.layers.values()]
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => b.count - a.count)
      .map(layer => ({ ...layer, isTaken: isTaken(layer.name) }));
  }
}

const hex = (colour: number): string => `#${(colour & 0xff_ff_ff).toString(16).padStart(6, '0')}`;

/** Numbers 1 to 9 have names, those from 250 on are greys. */
const NAMED = ['#ff0000', '#ffff00', '#00ff00', '#00ffff', '#0000ff', '#ff00ff', '#000000', '#808080', '#c0c0c0'];
const GREYS = ['#333333', '#5b5b5b', '#848484', '#adadad', '#d6d6d6', '#ffffff'];

function colourOf(index: number): string | null {
  if (index >= 1 && index <= 9) return NAMED[index - 1] ?? null;
  if (index >= 250 && index <= 255) return GREYS[index - 250] ?? null;
  if (index < 10 || index > 255) return null;
  const [red = 0, green = 0, blue = 0] = rgbOfIndex(index).map(part => Math.round(255 * part));
  return hex(red * 65_536 + green * 256 + blue);
}
