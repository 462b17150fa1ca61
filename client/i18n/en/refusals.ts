/** Why the ledger refuses an event: the server's own sentences name codes and square metres, these the reader's words. */
export const refusals = {
  'problem.accepted-too-early':
    'On {area} the land would pass from “{from}” to “{to}” on {on}; it has been there long enough on {earliest}.',
  'problem.footprint-shrinks':
    'On {area} disturbed land (“{from}”) would become undisturbed; only a correction, given as the reason, can say so.',
  'problem.event-too-small': 'The outline covers {area}: less than a survey can tell from drawing noise.',
  'problem.reclaimed-never-disturbed': '“{to}” claims works on {area} that were never disturbed before {on}.',
  'problem.backward-without-reason':
    'On {area} the land would go back from “{from}” to “{to}”: give the reason for it.',
  'problem.certified-without-right':
    'On {area} certified land would be taken again (“{to}”): give the number of the new right.',
  'problem.breaks-later-event':
    'With this change event #{eventId} (“{to}”, {on}) would break a rule on {area}: {because}',

  'rule.reclaimed-never-disturbed': 'works on land that was never disturbed.',
  'rule.backward-without-reason': 'land that goes back a stage without a reason.',
  'rule.certified-without-right': 'certified land taken again without a new right.',
  'rule.footprint-shrinks': 'disturbed land that becomes undisturbed.',
  'rule.accepted-too-early': 'land accepted before its time.',
} as const;
