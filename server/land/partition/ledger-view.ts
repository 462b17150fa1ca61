/** Which rows answer a question about a mine's land: decided once a request, here, by who asks and what for. */
export type LedgerView =
  | { readonly source: 'working'; readonly mineId: number; readonly asAt: string; readonly knownAt: string | null }
  /** The ledger has learnt something since `knownAt`: derive from the events. */
  | { readonly source: 'known'; readonly mineId: number; readonly asAt: string; readonly knownAt: string }
  | { readonly source: 'published'; readonly periodId: number; readonly asAt: string }
  | { readonly source: 'none'; readonly asAt: string };

/** What the answer calls its source. */
export const sourceName = (view: LedgerView): 'working' | 'published' | 'none' =>
  view.source === 'known' ? 'working' : view.source;
