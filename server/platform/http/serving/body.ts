import express, { type RequestHandler } from 'express';
import { JSON_TYPES } from './media-type.ts';

/** Largest JSON body: about half a million vertices. */
const MAX_JSON_BYTES = 25 * 1024 * 1024;

/** Reads JSON bodies. Everything else is left to the route, which reads it or refuses it by name. */
export const readBody = (): RequestHandler => express.json({ limit: MAX_JSON_BYTES, type: JSON_TYPES });
