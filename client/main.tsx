import { effect } from '@preact/signals';
import { render } from 'preact';
import { locale, nameOf } from './i18n/locale.ts';
import { t } from './i18n/t.ts';
import { App } from './shell/app.tsx';
import { boot } from './state/boot.ts';
import { selectedSummary } from './state/mines.ts';
import './styles/index.css';

effect(() => {
  document.documentElement.lang = locale.value;
});
effect(() => {
  const open = selectedSummary.value;
  document.title = open === undefined ? t('app.title') : `${nameOf(open)} · ${t('app.title')}`;
});

const place = document.getElementById('app');
if (place !== null) {
  render(<App />, place);
  void boot();
}
