import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { claimsWorks } from '../gis/ledger/stages.ts';
import { leastEvidence } from '../gis/ledger/moves.ts';
import { EVIDENCE_GRADES } from '../gis/ledger/vocabulary.ts';
import { polygonAreaM2 } from '../gis/earth/polygon-area.ts';
import type { MultiPolygon } from '../gis/types.ts';
import { REPORTED_RATES } from './cover/calibrate.ts';
import { grossAndReclaimed, historyFaults, landHistory, stageAreas } from './cover/land-history.ts';
import { generateSamples } from './generate.ts';
import { PUBLISHED_AS_AT, type SampleSite } from './model.ts';
import { SAMPLE_ORGANISATIONS } from './sites/organisations.ts';
import { ringsCross, signedPlaneArea } from './terrain/plane-rings.ts';

const sites = generateSamples().map(({ site }) => site);
const histories = new Map(sites.map(site => [site, landHistory(site.events)]));
const fingerprint = (made: readonly SampleSite[]): string =>
  createHash('sha256').update(JSON.stringify(made)).digest('hex');

/** Of all sites as generated; changes with every change of the samples, and with nothing else. */
const FINGERPRINT = '6db99b40c5f97152bda702c9f262613b4a784f9b473d975ae0d14dbea70f265c';

function geometriesOf(site: SampleSite): MultiPolygon[] {
  return [site.boundaries, site.facilities, site.events, site.references, site.habitats].flatMap(list =>
    list.map(item => item.geometry),
  );
}

function groupRate(asAt: string): number {
  const sums = [...histories.values()].map(history => grossAndReclaimed(history, asAt));
  return sums.reduce((sum, site) => sum + site.reclaimedM2, 0) / sums.reduce((sum, site) => sum + site.grossM2, 0);
}

describe('the sample sites', () => {
  it('are the same, byte for byte, on every run and every machine', { timeout: 60_000 }, () => {
    expect(fingerprint(generateSamples().map(({ site }) => site))).toBe(fingerprint(sites));
    expect(fingerprint(sites)).toBe(FINGERPRINT);
  });

  it('are eight mines of the invented group', () => {
    expect(sites).toHaveLength(8);
    const companies = new Set(SAMPLE_ORGANISATIONS.map(({ code }) => code));
    for (const { mine } of sites) expect(companies).toContain(mine.organisationCode);
    expect(sites.filter(({ mine }) => mine.organisationCode === 'SMG-AL').length).toBeGreaterThanOrEqual(3);
  });

  it('have valid polygons on the lattice of 1e-7 degree, wound by RFC 7946, without crossings', () => {
    for (const site of sites) {
      for (const geometry of geometriesOf(site)) {
        const rings = geometry.coordinates.flat().map(ring => ring.slice(0, -1));
        expect(geometry.coordinates.length).toBeGreaterThan(0);
        for (const part of geometry.coordinates) {
          part.forEach((ring, index) => {
            expect(ring.length).toBeGreaterThanOrEqual(4);
            expect(ring.at(-1)).toEqual(ring[0]);
            expect(signedPlaneArea(ring.slice(0, -1)) > 0).toBe(index === 0);
          });
        }
        expect(ringsCross(rings)).toBe(false);
        for (const value of rings.flat(2)) expect(Math.round(value * 1e7) / 1e7).toBe(value);
      }
    }
  });

  it('are drawn after the terrain: no rectangle, no needless detail', () => {
    for (const site of sites) {
      const counts = site.events.map(event => event.geometry.coordinates.flat().flat().length);
      expect(Math.max(...counts)).toBeLessThan(500);
      expect(counts.filter(count => count < 8)).toEqual([]);
    }
  });
});

describe('the land of the samples', () => {
  it('obeys the ledger: nothing reclaimed before it was disturbed, no step back without a reason, nothing taken from certified land', () => {
    for (const history of histories.values()) {
      expect(historyFaults(history).filter(fault => fault.areaM2 > 0.5)).toEqual([]);
    }
  });

  it('carries the evidence that acceptance and certification need, and a damage type where land is taken', () => {
    for (const event of sites.flatMap(site => site.events)) {
      const least = leastEvidence(event.stage) ?? 'E0';
      expect(EVIDENCE_GRADES.indexOf(event.evidenceGrade)).toBeGreaterThanOrEqual(EVIDENCE_GRADES.indexOf(least));
      if (claimsWorks(event.stage)) expect(event.damageType).toBeNull();
      if (event.stage === 'DST' && !event.reason) expect(event.damageType).not.toBeNull();
    }
  });

  it('starts with the mine, except legacy land, and goes a little beyond the published period', () => {
    for (const { mine, events } of sites) {
      expect(events.filter(event => event.effectiveOn < mine.startOn && event.scope === 'LIC')).toEqual([]);
      expect(events.map(event => event.effectiveOn).toSorted()).toEqual(events.map(event => event.effectiveOn));
    }
    const later = sites.flatMap(site => site.events).filter(event => event.effectiveOn > PUBLISHED_AS_AT);
    expect(later.length).toBeGreaterThanOrEqual(4);
  });

  it('overlaps, so that adding up the polygons would be wrong', () => {
    for (const site of sites) {
      const reclaimed = site.events.filter(event => event.stage === 'CMP' && event.effectiveOn <= PUBLISHED_AS_AT);
      const naiveM2 = reclaimed.reduce((sum, event) => sum + polygonAreaM2(event.geometry), 0);
      const rightM2 = stageAreas(histories.get(site)!, PUBLISHED_AS_AT);
      const ledgerM2 = (rightM2.get('CMP') ?? 0) + (rightM2.get('CRT') ?? 0);
      expect(naiveM2).toBeGreaterThan(ledgerM2 * 1.001);
    }
  });

  it('holds a failure, a re-disturbance, an approved other use and voluntary work on legacy land', () => {
    const events = sites.flatMap(site => site.events);
    expect(new Set(events.map(event => event.reason))).toEqual(new Set([null, 'FAIL', 'REDIST']));
    expect(new Set(events.map(event => event.stage)).size).toBe(10);
    expect(new Set(events.map(event => event.scope))).toEqual(new Set(['LIC', 'LEG', 'VOL']));
  });

  it.each(REPORTED_RATES)('gives the group the rate of $year: $percent %', ({ year, percent }) => {
    expect((groupRate(`${year}-12-31`) * 100).toFixed(2)).toBe(percent.toFixed(2));
    expect(Math.abs(groupRate(`${year}-12-31`) * 100 - percent)).toBeLessThan(0.002);
  });

  it('grows from year to year before that', () => {
    const rates = [2016, 2017, 2018, 2019, 2020].map(year => groupRate(`${year}-12-31`));
    for (let index = 1; index < rates.length; index++) expect(rates[index]!).toBeGreaterThan(rates[index - 1]!);
    expect(rates[0]!).toBeGreaterThan(0.5);
  });

  it('greens six hectares of the red-mud yard in two years of planting', () => {
    const site = sites.find(({ mine }) => mine.code === 'SD-AL-01')!;
    const greened = site.events.filter(event => event.stage === 'EST' && event.facilityKey === 'Y2');
    expect(greened.map(event => event.effectiveOn.slice(0, 4))).toEqual(['2021', '2022']);
    const hectares = greened.reduce((sum, event) => sum + polygonAreaM2(event.geometry), 0) / 10_000;
    expect(hectares).toBeGreaterThan(6);
    expect(hectares).toBeLessThan(6.5);
  });
});
