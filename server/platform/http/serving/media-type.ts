import type { Request } from 'express';
import type { z } from 'zod';
import { AppError } from '../../errors.ts';

/** What a JSON body may be called; the last covers every `…+json`. */
export const JSON_TYPES = ['application/json', 'application/geo+json', 'application/*+json'];
const MULTIPART = 'multipart/form-data';

/** A body of files and JSON fields. */
export interface MultipartBody {
  /** Name of the part of a file. */
  readonly file: string;
  /** What the files are. */
  readonly description: string;
  readonly isMany: boolean;
  /** Fields whose text is JSON of this shape. */
  readonly fields: Readonly<Record<string, z.ZodType>>;
  /** Names of the fields that must be there. */
  readonly required: readonly string[];
}

/** Media types of the body that a route reads; none = it reads no body, and whatever is sent is left alone. */
export function acceptedTypes(spec: { readonly body?: unknown; readonly multipart?: unknown }): readonly string[] {
  if (spec.multipart !== undefined) return [MULTIPART];
  return spec.body === undefined ? [] : JSON_TYPES;
}

/** @throws AppError `media-type-unsupported` {expected, accepted, received} for a body of another kind than the route reads */
export function assertAccepted(req: Request, accepted: readonly string[]): void {
  if (accepted.length === 0 || !hasBody(req) || req.is([...accepted]) !== false) return;
  throw unsupported(accepted, req.get('content-type'));
}

function unsupported(accepted: readonly string[], received: string | undefined): AppError {
  const [expected] = accepted;
  return new AppError('media-type-unsupported', { expected, accepted, received: received?.slice(0, 200) ?? null });
}

const hasBody = (req: Request): boolean =>
  req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
