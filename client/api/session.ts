import { get, send } from './client.ts';
import type { SessionAnswer, Settings } from './shapes/session.ts';

export const getSettings = (): Promise<Settings> => get('/api/v1/settings');
export const getSession = (): Promise<SessionAnswer> => get('/api/v1/session');
export const signIn = (username: string, password: string): Promise<SessionAnswer> =>
  send('POST', '/api/v1/session', { body: { username, password } });
export const signOut = (): Promise<void> => send('DELETE', '/api/v1/session');
