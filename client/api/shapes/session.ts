import type { SessionAnswer as Answer } from '../../../server/accounts/accounts.contract.ts';
import type { IsoDate } from '../../../gis/types.ts';

export type SessionAnswer = Readonly<Answer>;
export type Account = NonNullable<Answer['account']>;
export type Role = Account['role'];

export type BaseMapSetting =
  | { readonly kind: 'builtin' }
  | { readonly kind: 'style'; readonly url: string }
  | { readonly kind: 'xyz'; readonly url: string; readonly attribution?: string | undefined };

export interface Settings {
  readonly version: string;
  readonly demo: boolean;
  readonly basemap: BaseMapSetting;
  readonly periods: { readonly latestPublishedAsAt: IsoDate | null };
  readonly definitionVersion: string;
}
