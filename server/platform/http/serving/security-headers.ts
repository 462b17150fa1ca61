import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Basemap } from '../../config.ts';

/**
 * What a browser may do with our pages: everything from ourselves, pictures and data of the configured base map from
 * its origin, nothing else. The map's worker is a file of our own.
 */
export function securityHeaders(basemap: Basemap): RequestHandler {
  const origin = basemap.kind === 'builtin' ? [] : [originOf(basemap.url)];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        // The decoder of zstd in rasters that the browser measures by itself comes as a data address, and is WebAssembly.
        connectSrc: ["'self'", 'data:', ...origin],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...origin],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        styleSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
      },
    },
    // The interface and its tiles are public data that pages of others may read; see `openData`.
    crossOriginResourcePolicy: false,
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
  });
}

/** `https://{s}.tiles.example/…` becomes `https://*.tiles.example`. */
function originOf(template: string): string {
  const match = /^(https?:\/\/)([^/]+)/.exec(template);
  return match ? `${match[1]}${(match[2] ?? '').replace(/^\{[^}]+\}/, '*').replace(/^[^.]*\{[^}]+\}[^.]*/, '*')}` : '';
}

/** Pages of other sites may read what the public may read; they can never send our cookie along. */
export const openData: RequestHandler = (req, res, next) => {
  if (req.method === 'GET' || req.method === 'HEAD') {
    res
      .set('access-control-allow-origin', '*')
      .set('access-control-expose-headers', 'etag, x-request-id, x-tile-truncated');
  }
  next();
};
