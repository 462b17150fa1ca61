/** As many as are read at a time: two blocks while two others are decoded, of one raster or of as many dates as are read together. */
const MAX_ROOMS = 8;
/** Larger blocks are rare, and not worth keeping memory for. */
const MAX_ROOM_BYTES = 4 << 20;

/**
 * Rooms for compressed bytes that no block is being decoded from, for all rasters of the thread: ten dates that are read by turns need no more
 * of them than one.
 */
const rooms: ArrayBufferLike[] = [];

/** A room for so many bytes: one that an earlier block has left, or a new one with some to spare for the next. */
export function takeRoom(byteLength: number): Uint8Array {
  const at = rooms.findIndex(room => room.byteLength >= byteLength);
  const [found] = at < 0 ? [] : rooms.splice(at, 1);
  return new Uint8Array(found ?? new ArrayBuffer(byteLength + (byteLength >> 2)), 0, byteLength);
}

/** Gives back what was taken (or a part of it): nobody reads it any more. */
export function leaveRoom({ buffer }: Uint8Array): void {
  if (buffer.byteLength > MAX_ROOM_BYTES) return;
  rooms.push(buffer);
  rooms.sort((a, b) => a.byteLength - b.byteLength);
  // The smallest is the least likely to be large enough for another.
  if (rooms.length > MAX_ROOMS) rooms.shift();
}
