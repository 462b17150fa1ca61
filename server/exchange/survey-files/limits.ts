/** What a file may ask of us. Beyond a limit there is a finding, and nothing is stored. */
export const IMPORT_LIMITS = {
  uploadBytes: 256 * 1024 * 1024,
  /** Files that are read as one text. */
  textBytes: 64 * 1024 * 1024,
  unzippedBytes: 512 * 1024 * 1024,
  unzippedRatio: 200,
  archiveEntries: 1_000,
  rows: 200_000,
  verticesPerFile: 2_000_000,
  verticesPerRow: 100_000,
  fields: 255,
  textOfCell: 2_000,
  /** Lines or cells without content that are passed over before reading stops. */
  emptyRows: 5_000,
  blockDepth: 8,
  nesting: 64,
  readingMs: 120_000,
  /** Old space of the thread that reads. */
  threadHeapMib: 768,
  /** Its space for what lives no longer than a row: with more, a large file takes more memory and little less time. */
  threadYoungMib: 24,
  /** Findings of one code that are told one by one. */
  findingsPerCode: 20,
  findings: 300,
  /** Rows shown on the map before anything is stored. */
  shownRows: 2_000,
  shownVertices: 200_000,
} as const;
