import { z } from 'zod';
import type { Basemap } from '../../config.ts';
import { route, type Route } from '../route.ts';

const settingsAnswer = z.object({
  version: z.string(),
  demo: z.boolean().describe('Demo accounts exist; their password is `demo`'),
  basemap: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('builtin') }),
    z.object({ kind: z.literal('style'), url: z.string() }),
    z.object({ kind: z.literal('xyz'), url: z.string(), attribution: z.string() }),
  ]),
  periods: z.object({ latestPublishedAsAt: z.string().nullable() }),
  definitionVersion: z.string(),
});

export interface SettingsDeps {
  readonly version: string;
  readonly isDemo: boolean;
  readonly basemap: Basemap;
  readonly definitionVersion: string;
  latestPublishedAsAt(): Promise<string | null>;
}

/** What the web client has to know before it asks for anything else. */
export function settingsRoutes(deps: SettingsDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/settings',
      tag: 'settings',
      summary: 'Version, base map and latest published date of this installation',
      response: settingsAnswer,
      access: 'public',
      handle: async () => ({
        version: deps.version,
        demo: deps.isDemo,
        basemap: deps.basemap,
        periods: { latestPublishedAsAt: await deps.latestPublishedAsAt() },
        definitionVersion: deps.definitionVersion,
      }),
    }),
  ];
}
