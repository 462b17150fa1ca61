import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type RequestHandler } from 'express';
import { AppError } from '../../errors.ts';
import { hasHalfPair } from './half-pair.ts';
import { JSON_TYPES } from './media-type.ts';

/** Largest JSON body: about half a million vertices. */
const MAX_JSON_BYTES = 25 * 1024 * 1024;

/**
 * Reads JSON bodies. Everything else is left to the route, which reads it or refuses it by name. Text that would be kept
 * with replacement characters in it is refused: `body-not-utf8`, and `text-unusable` for half of a surrogate pair.
 */
export const readBody = (): RequestHandler =>
  express.json({ limit: MAX_JSON_BYTES, type: JSON_TYPES, verify: assertUnharmed });

function assertUnharmed(_req: IncomingMessage, _res: ServerResponse, bytes: Buffer, charset: string): void {
  if (charset !== 'utf-8') return;
  if (!isUtf8(bytes)) throw new AppError('body-not-utf8');
  if ((bytes.includes('\\ud') || bytes.includes('\\uD')) && hasHalfPair(bytes.toString('utf8')))
    throw new AppError('text-unusable');
}
