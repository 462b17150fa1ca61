import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type RequestHandler } from 'express';
import { AppError } from '../../errors.ts';
import { viewerOf } from '../route.ts';
import { hasHalfPair } from './half-pair.ts';
import { JSON_TYPES } from './media-type.ts';
import { assertShallow } from './nesting-limit.ts';

/** Largest JSON body: about half a million vertices. */
const MAX_JSON_BYTES = 25 * 1024 * 1024;
/** Who has not signed in has a name and a password to say. Parsing the largest body keeps everybody else waiting for seconds. */
const MAX_PUBLIC_JSON_BYTES = 64 * 1024;

/**
 * Reads JSON bodies. Everything else is left to the route, which reads it or refuses it by name. Text that would be kept
 * with replacement characters in it is refused: `body-not-utf8`, and `text-unusable` for half of a surrogate pair; so is
 * what nests too deep (`body-too-deep`). Whoever sends much must have signed in: `sign-in-required`.
 */
export function readBody(): RequestHandler {
  const read = (limit: number): RequestHandler => express.json({ limit, type: JSON_TYPES, verify: assertUnharmed });
  const [ofMember, ofPublic] = [read(MAX_JSON_BYTES), read(MAX_PUBLIC_JSON_BYTES)];
  return (req, res, next) => {
    if (viewerOf(res).role !== 'public') return ofMember(req, res, next);
    return ofPublic(req, res, (error?: unknown) => next(isTooLarge(error) ? new AppError('sign-in-required') : error));
  };
}

/** What the parser calls a body beyond its limit. */
const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && 'type' in error && error.type === 'entity.too.large';

function assertUnharmed(_req: IncomingMessage, _res: ServerResponse, bytes: Buffer, charset: string): void {
  if (charset !== 'utf-8') return;
  if (!isUtf8(bytes)) throw new AppError('body-not-utf8');
  if ((bytes.includes('\\ud') || bytes.includes('\\uD')) && hasHalfPair(bytes.toString('utf8')))
    throw new AppError('text-unusable');
  assertShallow(bytes);
}
