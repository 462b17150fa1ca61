import express, { type RequestHandler } from 'express';
import { AppError } from '../../errors.ts';

/** Largest JSON body: about half a million vertices. */
const MAX_JSON_BYTES = 25 * 1024 * 1024;
const JSON_TYPES = ['application/json', 'application/geo+json', 'application/*+json'];

/** Reads JSON bodies. Multipart is left to the routes that take files; any other content is refused by name. */
export function readBody(): RequestHandler[] {
  const refuseOthers: RequestHandler = (req, _res, next) => {
    const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
    if (hasBody && !req.is([...JSON_TYPES, 'multipart/form-data']))
      throw new AppError('media-type-unsupported', { expected: 'application/json' });
    next();
  };
  return [refuseOthers, express.json({ limit: MAX_JSON_BYTES, type: JSON_TYPES })];
}
