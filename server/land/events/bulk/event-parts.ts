interface DatedEvent {
  readonly id: number;
  readonly effectiveOn: string;
}

/** What one statement takes: enough for its planning not to count, few enough to be cancelled after. */
export const AT_ONCE = 32;

/** The events of each date together; dates in the order in which they are met. */
export function byDate<T extends DatedEvent>(events: readonly T[]): Iterable<readonly T[]> {
  const dates = new Map<string, T[]>();
  for (const event of events) {
    const ofDate = dates.get(event.effectiveOn);
    if (ofDate === undefined) dates.set(event.effectiveOn, [event]);
    else ofDate.push(event);
  }
  return dates.values();
}

export const idsOf = (events: readonly DatedEvent[]): number[] => events.map(event => event.id);

export function* partsOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
