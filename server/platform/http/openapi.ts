import { z } from 'zod';
import { problemTable } from './problems/table.ts';
import type { Route } from './route.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of the mounted routes, made from the very schemas that validate requests. */
export function describeRoutes(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const one of routes) {
    const path = one.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [one.method]: operation(one) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Regreen · 复绿', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'regreen_session' },
        token: { type: 'http', scheme: 'bearer' },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'titleZh', 'status', 'instance', 'code', 'params', 'requestId', 'errors'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            titleZh: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
            detailZh: { type: 'string' },
            instance: { type: 'string' },
            code: { type: 'string', enum: Object.keys(problemTable).toSorted() },
            params: { type: 'object' },
            requestId: { type: 'string' },
            errors: { type: 'array', items: { $ref: '#/components/schemas/ProblemDetail' } },
          },
        },
        ProblemDetail: {
          type: 'object',
          required: ['code', 'message'],
          properties: {
            code: { type: 'string' },
            message: { type: 'object', properties: { en: { type: 'string' }, zh: { type: 'string' } } },
            pointer: { type: 'string', description: 'JSON pointer into the body, or the part of the request' },
            position: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2, description: '[lng, lat]' },
            params: { type: 'object' },
          },
        },
      },
    },
  };
}

function operation(one: Route): Json {
  const { params, query } = one.schemas;
  const others = Object.entries(one.otherStatuses).map(([status, description]) => [status, { description }]);
  return {
    tags: [one.tag],
    summary: one.summary,
    operationId: `${one.method}${one.path.replace(/[^a-zA-Z0-9]+(\w)?/g, (_, letter: string | undefined) => (letter ?? '').toUpperCase())}`,
    parameters: [...parametersOf(params, 'path'), ...parametersOf(query, 'query'), ...headersOf(one)],
    ...bodyOf(one),
    responses: {
      [one.status]: { description: one.summary, ...answerOf(one) },
      ...Object.fromEntries(others),
      default: {
        description: 'What went wrong',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
    ...(one.access === 'signed-in' ? { security: [{ session: [] }, { token: [] }] } : {}),
    ...(one.action === undefined ? {} : { 'x-action': one.action }),
  };
}

function answerOf({ schemas: { response }, produces }: Route): Json {
  if (response) return { content: { 'application/json': { schema: schemaOf(response, 'output') } } };
  if (produces.length === 0) return {};
  return { content: Object.fromEntries(produces.map(mediaType => [mediaType, {}])) };
}

function bodyOf({ schemas: { body }, multipart }: Route): Json {
  if (multipart) {
    const { file, description, isMany, fields, required } = multipart;
    const oneFile = { type: 'string', contentMediaType: 'application/octet-stream' };
    const jsonFields = Object.entries(fields).map(([name, schema]) => [name, schemaOf(schema, 'input')]);
    const files = { description, ...(isMany ? { type: 'array', items: oneFile, minItems: 1 } : oneFile) };
    const schema = { type: 'object', required, properties: { [file]: files, ...Object.fromEntries(jsonFields) } };
    const encoding = Object.fromEntries(
      Object.keys(fields).map(name => [name, { contentType: 'application/json' }] as const),
    );
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema, encoding } } } };
  }
  if (!body) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } };
}

/** What writing takes beside the body. */
function headersOf({ method, repeat }: Route): Json[] {
  const header = (name: string, required: boolean, description: string): Json => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string' },
  });
  if (method === 'patch') return [header('If-Match', true, 'The revision that the caller saw, in double quotes')];
  if (method === 'put') return [header('If-Match', false, 'The revision that the caller saw, where there is one')];
  if (method !== 'post') return [];
  const isRepeatable = repeat !== 'never';
  return [
    header('If-Match', false, 'The revision that the caller saw, in double quotes'),
    ...(isRepeatable ? [header('Idempotency-Key', false, 'The same again within a day gives the first answer')] : []),
  ];
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  return described;
}
