import { codes } from './en/codes.ts';
import { edit } from './en/edit.ts';
import { exports } from './en/exports.ts';
import { imports } from './en/imports.ts';
import { field } from './en/field.ts';
import { land } from './en/land.ts';
import { live } from './en/live.ts';
import { refusals } from './en/refusals.ts';
import { shell } from './en/shell.ts';
import { workbench } from './en/workbench.ts';

/** Every text of the client in English; its keys are the list that each other language has to fill. */
export const en = {
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
} as const;
