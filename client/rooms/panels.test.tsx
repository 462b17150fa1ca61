import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { en } from '../i18n/en.ts';
import { LOCALES, locale } from '../i18n/locale.ts';
import { account, settings, signInOpen } from '../state/access/session.ts';
import { conflict } from '../state/editing/saving.ts';
import { dispatch, startEditing, stopEditing } from '../state/editing/store.ts';
import { landEvents, partition, publishedPeriods, restoration, series } from '../state/mine/land.ts';
import { legends, scenes, vegetation } from '../state/mine/imagery.ts';
import { boundaries, facilities, habitats, mine, occurrences } from '../state/mine/places.ts';
import { mines, ratesByMine } from '../state/mines.ts';
import type { Resource } from '../state/resource.ts';
import { basis, focus, mineId, MINE_TABS, openStage, tab } from '../state/selection.ts';
import { scene } from '../state/view.ts';
import { ApiProblem } from '../api/problem.ts';
import { SignInDialog } from './accounts/sign-in-dialog.tsx';
import { LayerControl } from './atlas/layer-control.tsx';
import { StageKey } from './atlas/legend.tsx';
import { ListView } from './atlas/list-view.tsx';
import { TimeSlider } from './atlas/time-slider.tsx';
import { ConflictCard } from './editing/conflict-card.tsx';
import { EditPanel } from './editing/edit-panel.tsx';
import * as sample from './panels.fixture.ts';
import { MinePanel } from './mine/mine-panel.tsx';
import { OverviewPanel } from './overview/overview-panel.tsx';
import { ScenePicker } from './imagery/scene-picker.tsx';

const ready = <T,>(target: Resource<T>, data: unknown): void => {
  target.state.value = { status: 'ready', data: data as T };
};

beforeEach(() => {
  settings.value = sample.settings;
  account.value = sample.manager;
  mineId.value = 1;
  ready(mines, [sample.mine]);
  ready(ratesByMine, [{ key: sample.mine.code, nameZh: '', nameEn: '', mineCount: 1, ...sample.restoration }]);
  ready(mine, sample.mine);
  ready(boundaries, [sample.boundary]);
  ready(restoration, sample.restoration);
  ready(series, [sample.period]);
  ready(partition, sample.partition);
  ready(landEvents, [sample.event]);
  ready(publishedPeriods, [sample.published]);
  ready(facilities, [sample.tailings]);
  ready(habitats, [sample.habitat]);
  ready(occurrences, [sample.occurrence]);
  ready(scenes, [sample.scene]);
  ready(legends, [sample.legend]);
  ready(vegetation, sample.vegetation);
});
afterEach(() => {
  stopEditing();
  locale.value = 'zh-CN';
  basis.value = 'A';
  tab.value = 'land';
  focus.value = null;
  openStage.value = null;
  scene.value = null;
  conflict.value = null;
  signInOpen.value = false;
});

/** Text as a reader sees it, names of controls included. */
const wordsOf = (node: VNode): string =>
  renderToString(node)
    .replace(/<[^>]*?(?:aria-label|title|placeholder)="([^"]*)"[^>]*>/g, ' $1 ')
    .replace(/<[^>]+>/g, ' ');

const keyed = new RegExp(
  `(?:^|[^\\w.])(?:${[...new Set(Object.keys(en).map(key => key.split('.')[0]))].join('|')})\\.[a-zA-Z][\\w.-]*`,
);

const PANELS: Record<string, () => VNode> = {
  overview: () => {
    mineId.value = null;
    return <OverviewPanel />;
  },
  ...Object.fromEntries(
    MINE_TABS.map(one => [
      `mine, ${one}`,
      () => {
        tab.value = one;
        openStage.value = 'EST';
        focus.value = { kind: 'cell', id: 11 };
        return <MinePanel />;
      },
    ]),
  ),
  'list of everything': () => <ListView />,
  'date slider': () => <TimeSlider />,
  layers: () => <LayerControl />,
  legend: () => <StageKey />,
  scenes: () => {
    scene.value = { id: 5, index: 'ndvi' };
    return <ScenePicker />;
  },
  'sign-in': () => {
    signInOpen.value = true;
    return <SignInDialog />;
  },
  editor: () => {
    startEditing(1, 3, sample.event);
    return <EditPanel />;
  },
  conflict: () => {
    conflict.value = { currentRevision: 4, events: [sample.event] };
    return <ConflictCard />;
  },
};

describe.each(LOCALES)('panels in %s', language => {
  it.each(Object.keys(PANELS))('%s has words for everything', name => {
    locale.value = language;
    const words = wordsOf((PANELS[name] as () => VNode)());
    expect(words.trim().length).toBeGreaterThan(3);
    expect(keyed.exec(words)?.[0]).toBeUndefined();
    expect(words).not.toMatch(/undefined|NaN|\[object|\{\w+\}/);
    if (language === 'en') expect(words.replace(/中文|复绿|示例\S*|青岗岭\S*/g, '')).not.toMatch(/[\u4e00-\u9fff]/);
  });
});

describe('the mine panel', () => {
  it('shows the rate with two decimals, its date, source and both areas', () => {
    const words = wordsOf(<MinePanel />);
    expect(words).toContain('89.63');
    expect(words).toContain('截至 2022年12月31日');
    expect(words).toContain('工作台账');
    expect(words).toMatch(/896\.3000 公顷/);
    expect(words).toMatch(/13,444\.50 亩/);
  });

  it('says why a rate has no value, in both languages, and shows no number for it', () => {
    ready(restoration, sample.nothingDisturbed);
    expect(wordsOf(<MinePanel />)).toContain('没有损毁土地');
    locale.value = 'en';
    const words = wordsOf(<MinePanel />);
    expect(words).toContain('No land is disturbed');
    expect(words).not.toContain('NaN');
  });

  it('keeps a command that is not allowed in reach, with its reason', () => {
    account.value = { ...sample.manager, role: 'ecologist' };
    const html = renderToString(<MinePanel />);
    expect(html).toMatch(/aria-disabled="true"[^>]*title="仅本矿山管理员可登记土地事件"/);
    account.value = null;
    expect(renderToString(<MinePanel />)).toMatch(/title="请先登录"/);
  });

  it('asks the public to sign in for single events instead of showing a fault', () => {
    account.value = null;
    tab.value = 'ledger';
    expect(wordsOf(<MinePanel />)).toContain('登录后可查阅');
  });

  it('words a refusal in the language of the reader, with the number of the request', () => {
    const problem = new ApiProblem({ code: 'busy', title: 'Busy now.', titleZh: '现在忙。', requestId: 'r-17' });
    restoration.state.value = { status: 'error', problem };
    expect(wordsOf(<MinePanel />)).toMatch(/现在忙。[\s\S]*r-17/);
    locale.value = 'en';
    expect(wordsOf(<MinePanel />)).toContain('Busy now.');
  });

  it('keeps the last numbers on screen while new ones load', () => {
    restoration.state.value = { status: 'loading', previous: sample.restoration as never };
    expect(renderToString(<MinePanel />)).toMatch(/aria-busy="true"[\s\S]*89\.63/);
  });
});

describe('the editor', () => {
  it('says what is missing before it can save', () => {
    startEditing(1, 3);
    expect(wordsOf(<EditPanel />)).toContain('请先绘制外边界');
    dispatch({
      type: 'do',
      command: {
        label: 'add-part',
        put: [
          {
            id: 'a',
            role: 'outer',
            positions: [
              [112, 35],
              [112.01, 35],
              [112.01, 35.01],
              [112, 35.01],
            ],
          },
        ],
        remove: [],
      },
    });
    const words = wordsOf(<EditPanel />);
    expect(words).toContain('101.2695 公顷');
    expect(words).toContain('请选择土地状态');
  });

  it('lead back from a link to a mine that is not there', () => {
    const problem = new ApiProblem({ code: 'not-found', title: 'None.', titleZh: '没有该矿山。' });
    mine.state.value = { status: 'error', problem };
    const words = wordsOf(<MinePanel />);
    expect(words).toContain('没有该矿山。');
    expect(words).toContain('返回全部矿山');
    expect(words).not.toContain('登记土地事件');
  });
});
