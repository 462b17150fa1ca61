import { gzip, constants } from 'node:zlib';
import type { RequestHandler, Response } from 'express';

const MIN_BYTES = 1_024;
const COMPRESSIBLE =
  /^(text\/|application\/(json|[\w.-]+\+json|vnd\.mapbox-vector-tile|x-protobuf|javascript|xml|[\w.-]+\+xml))/;

/** Whole answers of text or vector tiles above 1 kB are sent gzipped to whoever takes that. Streams pass as they are. */
export const compress: RequestHandler = (req, res, next) => {
  if (!/\bgzip\b/.test(req.get('accept-encoding') ?? '') || req.method === 'HEAD') {
    next();
    return;
  }
  const send = res.send.bind(res);
  res.send = (body: unknown) => {
    res.send = send;
    const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body instanceof Uint8Array ? body : undefined;
    if (!bytes || !isWorthIt(res, bytes)) return send(body);
    res.vary('accept-encoding');
    gzip(bytes, { level: constants.Z_BEST_SPEED + 3 }, (error, packed) => {
      if (res.destroyed) return;
      if (error) send(body);
      else res.set('content-encoding', 'gzip').set('content-length', String(packed.length)).end(packed);
    });
    return res;
  };
  next();
};

function isWorthIt(res: Response, bytes: Uint8Array): boolean {
  const type = String(res.getHeader('content-type') ?? '');
  return (
    bytes.length >= MIN_BYTES && !res.hasHeader('content-encoding') && res.statusCode !== 304 && COMPRESSIBLE.test(type)
  );
}
