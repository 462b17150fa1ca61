import { draftSite, finishSite, type SiteDraft } from './build-site.ts';
import { calibratingEvents } from './cover/calibrate.ts';
import type { SampleSite } from './model.ts';
import { ALL_SITES } from './sites/all-sites.ts';

/** A site with the fields that its scenes are drawn from. */
export interface GeneratedSite {
  readonly draft: SiteDraft;
  readonly site: SampleSite;
}

/**
 * Eight invented mines of an invented group, the same on every run and every machine. Their land, added up by the
 * ledger's own rules, gives the rates of `REPORTED_RATES`. About three seconds of work; nothing is kept.
 */
export function generateSamples(): GeneratedSite[] {
  const drafts = ALL_SITES.map(draftSite);
  const calibration = calibratingEvents(drafts);
  return drafts.map(draft => ({
    draft,
    site: finishSite(draft, draft.spec.mine.code === calibration.siteCode ? calibration.events : []),
  }));
}
