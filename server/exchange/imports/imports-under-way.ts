import type { ImportRow } from './imports.repository.ts';

/** What has to be known of an import to show it, without asking the database. */
export interface ImportUnderWay {
  readonly row: ImportRow;
  readonly owner: { readonly organisationId: number };
}

/**
 * The imports that this process writes at the moment. The transaction of one holds the embedded database's one connection, and whoever asks
 * how it goes is not to wait for its end.
 */
export interface ImportsUnderWay {
  begin(underWay: ImportUnderWay): void;
  end(id: number): void;
  get(id: number): ImportUnderWay | undefined;
}

export function createImportsUnderWay(): ImportsUnderWay {
  const all = new Map<number, ImportUnderWay>();
  return {
    begin: underWay => void all.set(underWay.row.id, underWay),
    end: id => void all.delete(id),
    get: id => all.get(id),
  };
}
