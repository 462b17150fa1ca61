// The palette belongs to the ledger, because printed maps and drawings show it too; this room puts it on the screen.
export { STAGE_STYLE, type Pattern, type StageStyle } from '../../gis/ledger/stage-style.ts';
