import type { en } from './en.ts';
import { codes } from './zh-CN/codes.ts';
import { edit } from './zh-CN/edit.ts';
import { exports } from './zh-CN/exports.ts';
import { imports } from './zh-CN/imports.ts';
import { field } from './zh-CN/field.ts';
import { land } from './zh-CN/land.ts';
import { live } from './zh-CN/live.ts';
import { refusals } from './zh-CN/refusals.ts';
import { shell } from './zh-CN/shell.ts';
import { workbench } from './zh-CN/workbench.ts';

/** 全部界面文字。缺少任何一个键都会在编译时报错。 */
export const zhCN: Readonly<Record<keyof typeof en, string>> = {
  ...shell,
  ...land,
  ...edit,
  ...workbench,
  ...field,
  ...exports,
  ...imports,
  ...codes,
  ...live,
  ...refusals,
};
