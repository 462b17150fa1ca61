import { batch, computed, signal } from '@preact/signals';
import * as api from '../../api/session.ts';
import type { Account, Settings } from '../../api/shapes/session.ts';

export const account = signal<Account | null>(null);
export const settings = signal<Settings | null>(null);
/** Raised by every write and by signing in or out: whatever was loaded before may look different now. */
export const dataVersion = signal(0);
export const signInOpen = signal(false);

export const isDemo = computed(() => settings.value?.demo === true);

export function bumpData(): void {
  dataVersion.value += 1;
}

export async function loadSession(): Promise<void> {
  const [settingsAnswer, sessionAnswer] = await Promise.all([api.getSettings(), api.getSession()]);
  batch(() => {
    settings.value = settingsAnswer;
    account.value = sessionAnswer.account;
  });
}

/** Throws ApiProblem when the account or password is wrong. */
export async function signIn(username: string, password: string): Promise<void> {
  const answer = await api.signIn(username, password);
  batch(() => {
    account.value = answer.account;
    signInOpen.value = false;
    bumpData();
  });
}

export async function signOut(): Promise<void> {
  await api.signOut();
  batch(() => {
    account.value = null;
    bumpData();
  });
}
