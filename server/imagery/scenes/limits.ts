// What one scene may cost. A header that promises more is refused before a single pixel is read: 29 kB of TIFF can
// otherwise ask for gigabytes of memory.
const MIB = 2 ** 20;

export const IMAGERY_LIMITS = {
  /** GeoTIFFs in one upload: thirteen Sentinel-2 bands, a mask and one to spare. */
  files: 15,
  bytesPerFile: 4096 * MIB,
  bytesPerUpload: 8192 * MIB,
  /** The JSON part. */
  metadataBytes: MIB / 4,
  /** 25,000 x 25,000; a Sentinel-2 tile has 120.6 million. */
  pixelsPerFile: 625_000_000,
  sidePx: 65_535,
  bandsPerFile: 64,
  /** One tile or strip after decompression: it is decoded as a whole. */
  bytesPerBlock: 64 * MIB,
  /** Reading the headers of one upload. A file that takes longer is built to take longer. */
  inspectionMs: 15_000,
  /** Heap of the thread that reads foreign files; more ends the thread, not the server. */
  threadHeapMib: 384,
} as const;
