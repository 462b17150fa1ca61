import { useState } from 'preact/hooks';
import { toProblem, type ApiProblem } from '../../api/problem.ts';
import { t } from '../../i18n/t.ts';
import { isDemo, signIn, signInOpen } from '../../state/access/session.ts';
import { waitsForSignIn } from '../../state/editing/saving.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/states.tsx';

const DEMO_ROLES = ['manager', 'ecologist', 'regulator', 'steward', 'group', 'admin'] as const;

export function SignInDialog() {
  if (!signInOpen.value) return null;
  return (
    <Dialog title={t('account.signIn')} onClose={() => (signInOpen.value = false)}>
      {waitsForSignIn.value !== null && <p class="note note-warn">{t('edit.signIn.saves')}</p>}
      <SignInForm />
    </Dialog>
  );
}

/** Name and password; the demonstration's accounts are offered where the server says that it is one. */
function SignInForm() {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const submit = async (name: string, secret: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await signIn(name, secret);
    } catch (error) {
      setProblem(toProblem(error));
      setBusy(false);
    }
  };
  return (
    <form
      class="stack"
      onSubmit={event => {
        event.preventDefault();
        if (username !== '' && password !== '') void submit(username, password);
      }}
    >
      <TextField
        label={t('account.username')}
        value={username}
        onInput={setUsername}
        autocomplete="username"
        required
      />
      <TextField
        label={t('account.password')}
        type="password"
        value={password}
        onInput={setPassword}
        autocomplete="current-password"
        required
      />
      {problem && <ProblemNote problem={problem} />}
      <Button kind="primary" submit busy={busy} why={username === '' || password === '' ? t('account.why') : null}>
        {t('account.signIn')}
      </Button>
      {isDemo.value && (
        <section class="demo-accounts">
          <h3>{t('account.demo')}</h3>
          <ul class="demo-list">
            {DEMO_ROLES.map(role => (
              <li key={role}>
                <button type="button" class="demo-role" onClick={() => void submit(role, 'demo')}>
                  <strong>{t(`role.${role}`)}</strong>
                  <span class="small muted">{t(`role.${role}.about`)}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </form>
  );
}
