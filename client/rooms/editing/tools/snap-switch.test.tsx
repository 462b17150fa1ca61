import { render } from 'preact-render-to-string';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locale } from '../../../i18n/locale.ts';
import { tool } from '../../../state/editing/store.ts';
import { caught, isSnapping } from '../../../state/editing/tools/snapping/caught.ts';
import { SnapSwitch } from './snap-switch.tsx';

const pond = { kind: 'facility', type: 'TSF', nameZh: '北沟尾矿库', nameEn: 'North gully' } as const;

describe('the switch for catching corners', () => {
  beforeEach(() => (locale.value = 'en'));
  afterEach(() => {
    locale.value = 'zh-CN';
    tool.value = 'draw';
    caught.value = null;
    isSnapping.value = true;
  });

  it('says in both languages what a corner fell on', () => {
    caught.value = { owner: pond, isCorner: true };
    expect(render(<SnapSwitch />)).toContain('Snapped to a corner of North gully');
    locale.value = 'zh-CN';
    expect(render(<SnapSwitch />)).toContain('已吸附到北沟尾矿库的顶点');
    caught.value = { owner: { kind: 'cell', stage: 'DST' }, isCorner: false };
    expect(render(<SnapSwitch />)).toMatch(/已吸附到“.+”图斑的边线/);
    caught.value = { owner: { kind: 'boundary', boundary: 'LICENCE' }, isCorner: false };
    expect(render(<SnapSwitch />)).toContain('采矿许可证');
    caught.value = { owner: { kind: 'own' }, isCorner: true };
    expect(render(<SnapSwitch />)).toContain('当前图形');
  });
  it('calls a facility without a name by its kind', () => {
    caught.value = { owner: { ...pond, nameZh: null, nameEn: null }, isCorner: true };
    expect(render(<SnapSwitch />)).toContain('Tailings');
  });
  it('stands where corners are set, and cannot be turned off while an outline is traced', () => {
    expect(render(<SnapSwitch />)).toContain('aria-pressed="true"');
    isSnapping.value = false;
    expect(render(<SnapSwitch />)).toContain('aria-pressed="false"');
    tool.value = 'trace';
    expect(render(<SnapSwitch />)).toContain('Tracing follows what it catches');
    tool.value = 'merge';
    expect(render(<SnapSwitch />)).toBe('');
  });
});
