import { ownInflater } from './tiff/inflate/inflater.ts';

/** A room for so many compressed bytes: where they are inflated from if there is one free, for all rasters of the thread; or a fresh one. */
export const takeRoom = (byteLength: number): Uint8Array =>
  ownInflater()?.takeInput(byteLength) ?? new Uint8Array(byteLength);

/** Gives back what was taken (or a part of it): nobody reads it any more. */
export const leaveRoom = (bytes: Uint8Array): void => ownInflater()?.leaveInput(bytes);
