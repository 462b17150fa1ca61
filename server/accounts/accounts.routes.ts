import { route, type Route } from '../platform/http/route.ts';
import { credentials, newToken, sessionAnswer, tokenAnswer } from './accounts.contract.ts';
import { SESSION_HOURS, type AccountsService } from './accounts.service.ts';
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from './session-cookie.ts';

export function accountsRoutes(accounts: AccountsService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/session',
      tag: 'accounts',
      summary: 'Who is signed in',
      response: sessionAnswer,
      access: 'public',
      handle: ({ viewer }) => accounts.describe(viewer),
    }),
    route({
      method: 'post',
      path: '/api/v1/session',
      tag: 'accounts',
      summary: 'Sign in: starts a cookie session',
      body: credentials,
      response: sessionAnswer,
      status: 201,
      access: 'public',
      repeat: 'never',
      async handle({ body, req, res }) {
        const { answer, sessionSecret } = await accounts.signIn(body);
        const former = readSessionCookie(req);
        if (former !== undefined) await accounts.signOut(former);
        writeSessionCookie(req, res, sessionSecret, SESSION_HOURS * 3600);
        return answer;
      },
    }),
    route({
      method: 'delete',
      path: '/api/v1/session',
      tag: 'accounts',
      summary: 'Sign out: ends the cookie session',
      status: 204,
      access: 'public',
      async handle({ req, res }) {
        const secret = readSessionCookie(req);
        if (secret !== undefined) await accounts.signOut(secret);
        clearSessionCookie(req, res);
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/tokens',
      tag: 'accounts',
      summary: 'A bearer token for scripts',
      body: newToken,
      response: tokenAnswer,
      status: 201,
      access: 'public',
      repeat: 'never',
      handle: ({ viewer, body }) => accounts.createToken(viewer, body),
    }),
  ];
}
