import { useEffect } from 'preact/hooks';
import { t } from '../i18n/t.ts';
import { boot, booted } from '../state/boot.ts';
import { conflict } from '../state/editing/saving.ts';
import { subject } from '../state/editing/store.ts';
import { importMine } from '../state/mine/importing.ts';
import { mineId } from '../state/selection.ts';
import { isNarrow, viewMode } from '../state/view.ts';
import { SignInDialog } from '../rooms/accounts/sign-in-dialog.tsx';
import { LayerControl } from '../rooms/atlas/layer-control.tsx';
import { ListView } from '../rooms/atlas/list-view.tsx';
import { TimeSlider } from '../rooms/atlas/time-slider.tsx';
import { ConflictCard } from '../rooms/editing/conflict-card.tsx';
import { EditPanel } from '../rooms/editing/edit-panel.tsx';
import { FocusCard } from '../rooms/land/focus-card.tsx';
import { ExportDialog } from '../rooms/exchange/export/export-dialog.tsx';
import { UploadDialog } from '../rooms/imagery/upload-dialog.tsx';
import { ImportPanel } from '../rooms/exchange/import/import-panel.tsx';
import { MinePanel } from '../rooms/mine/mine-panel.tsx';
import { OverviewPanel } from '../rooms/overview/overview-panel.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { SnapSwitch } from '../rooms/editing/tools/snap-switch.tsx';
import { Header } from './header.tsx';
import { keepFocus } from './keep-focus.ts';
import { MapHost } from './map-host.tsx';
import { Notices } from './notices.tsx';
import { SidePanel } from './side-panel.tsx';
import { WhyTip } from './why-tip.tsx';

/** The whole screen: header, panel, map or list, the date under it. */
export function App() {
  useEffect(keepFocus, []);
  if (booted.value === 'starting') return <Splash />;
  if (booted.value !== 'ready') {
    return (
      <main class="fault">
        <h1>{t('app.unreachable')}</h1>
        <ProblemNote problem={booted.value} onRetry={() => void boot()} />
      </main>
    );
  }
  const list = viewMode.value === 'list';
  return (
    <div class={`app${subject.value === null ? '' : ' is-editing'}`}>
      <a class="skip-link" href="#panel">
        {t('app.skip')}
      </a>
      <Header />
      <div class="app-body">
        <SidePanel>
          <OpenPanel />
        </SidePanel>
        <main class="stage" id="stage" aria-label={t(list ? 'list.title' : 'map.title')}>
          <div class="stage-map" hidden={list}>
            <MapHost />
            <LayerControl />
            {!isNarrow.value && subject.value === null && <FocusCard />}
            {subject.value !== null && conflict.value === null && <SnapSwitch />}
            {conflict.value !== null && <ConflictCard />}
          </div>
          {list && <ListView />}
          <TimeSlider />
        </main>
      </div>
      <SignInDialog />
      <UploadDialog />
      <ExportDialog />
      <Notices />
      <WhyTip />
    </div>
  );
}

/** Drawing and importing take the place of what was open, until they are done or dropped. */
function OpenPanel() {
  if (subject.value !== null) return <EditPanel />;
  if (importMine.value !== null) return <ImportPanel />;
  return mineId.value === null ? <OverviewPanel /> : <MinePanel />;
}

function Splash() {
  return (
    <div class="splash">
      <span class="splash-mark" aria-hidden="true" />
      <span class="visually-hidden">{t('ui.loading')}</span>
    </div>
  );
}
