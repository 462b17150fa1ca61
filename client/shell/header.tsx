import markUrl from '../styles/mark.svg';
import { locale, LOCALES } from '../i18n/locale.ts';
import { t } from '../i18n/t.ts';
import { account, isDemo, signInOpen, signOut } from '../state/access/session.ts';
import { toProblem } from '../api/problem.ts';
import { problemText } from '../i18n/problems.ts';
import { notify } from '../state/notices.ts';
import { selectMine } from '../state/selection.ts';
import { permalink } from '../state/url.ts';
import { showAs, viewMode } from '../state/view.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Segmented } from '../ui/choices.tsx';

const LANGUAGE_NAMES = { 'zh-CN': '中文', en: 'EN' } as const;

export function Header() {
  const list = viewMode.value === 'list';
  return (
    <header class="header">
      <button type="button" class="brand" onClick={() => selectMine(null)} title={t('app.home')}>
        <img src={markUrl} width="30" height="30" alt="" />
        <span class="brand-name">
          <span lang="zh-CN">复绿</span> <span lang="en">Regreen</span>
        </span>
        {isDemo.value && <span class="chip chip-demo">{t('app.demo')}</span>}
      </button>
      <span class="grow" />
      <nav class="row header-tools" aria-label={t('app.tools')}>
        <IconButton
          icon={list ? 'map' : 'list'}
          label={t(list ? 'view.map' : 'view.list')}
          onClick={() => showAs(list ? 'map' : 'list')}
        />
        <IconButton icon="link" label={t('app.copyLink')} onClick={() => void copyLink()} />
        <Segmented
          small
          label={t('app.language')}
          value={locale.value}
          choices={LOCALES.map(value => ({ value, label: LANGUAGE_NAMES[value] }))}
          onChange={value => (locale.value = value)}
        />
        <Account />
      </nav>
    </header>
  );
}

function Account() {
  const who = account.value;
  if (who === null) {
    return (
      <Button small kind="primary" icon="sign" onClick={() => (signInOpen.value = true)}>
        {t('account.signIn')}
      </Button>
    );
  }
  const leave = (): void => {
    signOut().catch((error: unknown) => notify(problemText(toProblem(error)), 'bad'));
  };
  return (
    <span class="account">
      <span class="chip chip-role" title={who.username}>
        {t(`role.${who.role}`)}
      </span>
      <Button small kind="quiet" icon="sign" onClick={leave}>
        {t('account.signOut')}
      </Button>
    </span>
  );
}

async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(permalink());
    notify(t('app.linkCopied'), 'good');
  } catch {
    // Without a secure context there is no clipboard: the link is shown to be copied by hand.
    prompt(t('app.copyLink'), permalink());
  }
}
