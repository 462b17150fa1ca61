/** Who is asking. Made once per request by `platform/http`; every rule reads it, nothing else. */
export type Role = 'manager' | 'ecologist' | 'regulator' | 'steward' | 'group' | 'admin';

export interface Viewer {
  /** null = anonymous: the public. */
  readonly accountId: number | null;
  readonly username: string | null;
  readonly role: Role | 'public';
  /** The viewer's organisation and all below it. */
  readonly organisationIds: ReadonlySet<number>;
}

export const PUBLIC_VIEWER: Viewer = {
  accountId: null,
  username: null,
  role: 'public',
  organisationIds: new Set(),
};

/** Whoever runs commands beside the database may do what its owner may. */
export const COMMAND_LINE: Viewer = {
  accountId: null,
  username: 'command line',
  role: 'admin',
  organisationIds: new Set(),
};
