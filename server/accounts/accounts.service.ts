import type { Database, Queryable } from '../platform/db/database.ts';
import { AppError } from '../platform/errors.ts';
import { PUBLIC_VIEWER, type Role, type Viewer } from '../platform/viewer.ts';
import type { Credentials, NewToken, SessionAnswer, TokenAnswer } from './accounts.contract.ts';
import * as repository from './accounts.repository.ts';
import { rememberViewers } from './remembered-viewers.ts';
import { hashPassword, newSecret, passwordMatches, secretHash } from './secrets.ts';

const HOUR_MS = 3_600_000;
export const SESSION_HOURS = 7 * 24;
const SESSION_IDLE_HOURS = 8;

/** What a request brings to say who it is from. */
export interface Presented {
  readonly sessionSecret?: string | undefined;
  readonly bearerSecret?: string | undefined;
}

export interface AccountsService {
  /** @throws AppError `credentials-wrong` */
  signIn(credentials: Credentials): Promise<{ answer: SessionAnswer; sessionSecret: string }>;
  signOut(sessionSecret: string): Promise<void>;
  describe(viewer: Viewer): Promise<SessionAnswer>;
  /** For the signed-in viewer, or for the account whose name and password are in the request. @throws AppError `credentials-wrong`, `sign-in-required` */
  createToken(viewer: Viewer, request: NewToken): Promise<TokenAnswer>;
  /** The public when nothing is presented. @throws AppError `token-unknown` for a bearer token that opens nothing */
  readonly resolveViewer: (presented: Presented) => Promise<Viewer>;
  /** Adds the account when there is none of that name; never changes one that exists. */
  ensureAccount(
    account: { username: string; password: string; role: Role; organisationId: number | null },
    db?: Queryable,
  ): Promise<void>;
}

export function createAccountsService(deps: { db: Database }): AccountsService {
  const { knex } = deps.db;
  const remembered = rememberViewers(deps.db);

  async function check({ username, password }: Credentials): Promise<repository.AccountRow> {
    const account = await repository.findAccountByName(knex, username);
    const matches = await passwordMatches(account?.passwordHash, password);
    if (!account || !matches) throw new AppError('credentials-wrong');
    return account;
  }

  async function viewerOf(account: repository.AccountRow | undefined): Promise<Viewer> {
    if (!account) return PUBLIC_VIEWER;
    const organisationIds =
      account.organisationId === null ? [] : await repository.listOrganisationTree(knex, account.organisationId);
    return {
      accountId: account.id,
      username: account.username,
      role: account.role,
      organisationIds: new Set(organisationIds),
    };
  }

  return {
    async signIn(credentials) {
      const account = await check(credentials);
      await repository.deleteEndedSessions(knex);
      const sessionSecret = newSecret('rgs');
      await repository.insertSession(knex, {
        tokenHash: secretHash(sessionSecret),
        accountId: account.id,
        expiresAt: new Date(Date.now() + SESSION_HOURS * HOUR_MS),
      });
      return { answer: toAnswer(account), sessionSecret };
    },

    async signOut(sessionSecret) {
      const tokenHash = secretHash(sessionSecret);
      remembered.forget(tokenHash);
      await repository.deleteSession(knex, tokenHash);
      remembered.forget(tokenHash);
    },

    async describe(viewer) {
      const account = viewer.username === null ? undefined : await repository.findAccountByName(knex, viewer.username);
      return account ? toAnswer(account) : { account: null };
    },

    async createToken(viewer, { username, password, name, expiresInDays }) {
      let accountId = viewer.accountId;
      if (username !== undefined && password !== undefined) accountId = (await check({ username, password })).id;
      if (accountId === null) throw new AppError('sign-in-required', { action: 'token.create' });
      const token = newSecret('rgt');
      const expiresAt = new Date(Date.now() + expiresInDays * 24 * HOUR_MS);
      const id = await repository.insertToken(knex, { tokenHash: secretHash(token), accountId, name, expiresAt });
      return { id, token, name, expiresAt: expiresAt.toISOString() };
    },

    async resolveViewer({ sessionSecret, bearerSecret }) {
      if (bearerSecret !== undefined) {
        const tokenHash = secretHash(bearerSecret);
        return remembered.resolve(tokenHash, async () => {
          const account = await repository.findAccountByToken(knex, tokenHash);
          if (!account) throw new AppError('token-unknown');
          return viewerOf(account);
        });
      }
      if (sessionSecret === undefined) return PUBLIC_VIEWER;
      const tokenHash = secretHash(sessionSecret);
      return remembered.resolve(tokenHash, async () => {
        const idleSince = new Date(Date.now() - SESSION_IDLE_HOURS * HOUR_MS);
        const account = await repository.findAccountBySession(knex, tokenHash, idleSince);
        if (account) await repository.touchSession(knex, tokenHash);
        return viewerOf(account);
      });
    },

    async ensureAccount({ username, password, role, organisationId }, db = knex) {
      if (await repository.findAccountByName(db, username)) return;
      const passwordHash = await hashPassword(password);
      await repository.insertAccountOnce(db, { username, passwordHash, role, organisationId });
    },
  };
}

const toAnswer = (account: repository.AccountRow): SessionAnswer => ({
  account: {
    id: account.id,
    username: account.username,
    role: account.role,
    organisationCode: account.organisationCode,
  },
});
