import type { Stat } from '../statistics.ts';
import { settledOf } from './zone-sums.ts';
import type { ZoneSums } from './zone-sums.ts';

/** The statistic of one zone whose values are settled, or null where it has no valid cell. */
export function readStat(sums: ZoneSums, zone: number, stat: Stat): number | null {
  const count = sums.count[zone] as number;
  if (!(count > 0)) return null;
  switch (stat.kind) {
    case 'count':
      return count;
    case 'valid_fraction':
      return Math.min(1, count / (sums.covered[zone] as number));
    case 'sum':
      return sums.sum[zone] as number;
    case 'mean':
      return (sums.sum[zone] as number) / count;
    case 'stdev':
      return Math.sqrt((sums.deviation[zone] as number) / count);
    case 'min':
      return sums.min[zone] as number;
    case 'max':
      return sums.max[zone] as number;
    case 'n_eff':
      return count ** 2 / (sums.weight2[zone] as number);
    case 'percentile':
      return settledAt(sums, zone, sums.needs.fractions.indexOf(stat.fraction));
    case 'area': {
      const { ranges } = sums.needs;
      const index = ranges.findIndex(range => range.from === stat.from && range.below === stat.below);
      return sums.areas[zone * ranges.length + index] as number;
    }
    case 'variety':
      return settledAt(sums, zone, sums.needs.fractions.length + 1);
    case 'majority':
      return settledAt(sums, zone, sums.needs.fractions.length);
  }
}

function settledAt({ needs, settled }: ZoneSums, zone: number, at: number): number | null {
  const figure = settled[zone * settledOf(needs) + at] as number;
  return figure === figure ? figure : null;
}
