import { mineParams } from '../mines/mines.contract.ts';
import { z } from 'zod';
import { pageOf, pageQuery } from '../platform/http/page.ts';
import { route, type Route } from '../platform/http/route.ts';
import type { ImageryService } from './imagery.service.ts';
import {
  sceneAccepted,
  sceneDetailShape,
  sceneList,
  sceneListQuery,
  sceneMetadata,
  sceneParams,
} from './scenes/scene.contract.ts';
import { sceneTilesRoutes } from './tiles/scene-tiles.routes.ts';
import {
  referenceAreaBody,
  referenceAreaShape,
  vegetationAnswer,
  vegetationQuery,
} from './vegetation/vegetation.contract.ts';

export function imageryRoutes({ scenes, tiles, vegetation, referenceAreas }: ImageryService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/scenes',
      tag: 'imagery',
      summary: 'Scenes, latest first',
      query: sceneListQuery,
      response: sceneList,
      access: 'public',
      handle: ({ viewer, query }) => scenes.list(viewer, query),
    }),
    route({
      method: 'post',
      path: '/api/v1/scenes',
      tag: 'imagery',
      summary:
        'Send a scene: multipart/form-data with GeoTIFF files and a field `metadata` (JSON: acquiredOn, sensor, bands, ' +
        'scale, offset, mask, maskClasses or keepClasses). The same content again gives the same scene.',
      multipart: {
        file: 'files',
        description: 'GeoTIFF files; bands and mask refer to them by file name',
        isMany: true,
        fields: { metadata: sceneMetadata },
        required: ['files', 'metadata'],
      },
      response: sceneAccepted,
      status: 202,
      access: 'signed-in',
      action: 'scene.write',
      async handle({ viewer, req, res }) {
        const accepted = await scenes.receive(viewer, req);
        res.set('location', `/api/v1/scenes/${accepted.scene.id}`);
        return accepted;
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/scenes/:id',
      tag: 'imagery',
      summary: 'One scene with its files',
      params: sceneParams,
      response: sceneDetailShape,
      access: 'public',
      handle: ({ viewer, params }) => scenes.get(viewer, params.id),
    }),
    route({
      method: 'get',
      path: '/api/v1/mines/:id/vegetation',
      tag: 'imagery',
      summary:
        'What the scenes say about the land of a mine: rows by scene, means by stage, agreement with the claimed stage',
      params: mineParams,
      query: vegetationQuery,
      response: vegetationAnswer,
      access: 'public',
      handle: ({ viewer, params, query }) => vegetation.read(viewer, params.id, query),
    }),
    route({
      method: 'get',
      path: '/api/v1/mines/:id/reference-areas',
      tag: 'imagery',
      summary: 'Undisturbed or long-recovered land that reclaimed land is compared with',
      params: mineParams,
      query: z.object(pageQuery),
      response: pageOf(referenceAreaShape),
      access: 'public',
      handle: ({ params, query }) => referenceAreas.list(params.id, query),
    }),
    route({
      method: 'post',
      path: '/api/v1/mines/:id/reference-areas',
      tag: 'imagery',
      summary: 'Add a reference area',
      params: mineParams,
      body: referenceAreaBody,
      response: referenceAreaShape,
      status: 201,
      access: 'signed-in',
      action: 'reference.write',
      handle: ({ viewer, params, body }) => referenceAreas.create(viewer, params.id, body),
    }),
    ...sceneTilesRoutes(tiles),
  ];
}
