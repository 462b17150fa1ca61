import type { Value } from '../export-layer.ts';

export interface Term {
  /** Its name in Darwin Core, and the column's. */
  readonly name: string;
  readonly uri: string;
  of(values: Readonly<Record<string, Value>>): Value;
}

type Reading = (values: Readonly<Record<string, Value>>) => Value;

const dwc = (name: string, from: string | Reading = name): Term => ({
  name,
  uri: `http://rs.tdwg.org/dwc/terms/${name}`,
  of: typeof from === 'string' ? values => values[from] ?? null : from,
});

/** `2021-05-01` or `2021-05-01/2021-05-03`. */
const eventDate: Reading = ({ eventDate: from, eventDateTo: to }) =>
  from !== null && from !== undefined && to !== null && to !== undefined ? `${from}/${to}` : (from ?? null);

/** The first one is the id of the core. */
export const EVENT_TERMS: readonly Term[] = [
  dwc('eventID', 'eventId'),
  dwc('eventType'),
  dwc('eventDate', eventDate),
  dwc('samplingProtocol'),
  dwc('sampleSizeValue'),
  dwc('sampleSizeUnit'),
  dwc('samplingEffort'),
  dwc('eventRemarks', values => (values['occurrenceId'] === undefined ? (values['remarks'] ?? null) : null)),
  dwc('datasetID', 'mineCode'),
  dwc('datasetName', ({ mineNameZh, mineNameEn }) => `${mineNameZh} | ${mineNameEn}`),
];

/** The first one points to the core. `present` and `absent` are what the GBIF profile knows. */
export const OCCURRENCE_TERMS: readonly Term[] = [
  dwc('eventID', 'eventId'),
  dwc('occurrenceID', 'occurrenceId'),
  dwc('basisOfRecord'),
  dwc('occurrenceStatus', values => (values['occurrenceStatus'] === 'notDetected' ? 'absent' : 'present')),
  dwc('scientificName'),
  dwc('vernacularName', ({ nameZh, nameEn }) => [nameZh, nameEn].filter(Boolean).join(' | ')),
  dwc('eventDate'),
  dwc('individualCount'),
  dwc('decimalLatitude'),
  dwc('decimalLongitude'),
  dwc('geodeticDatum', ({ decimalLatitude }) => (decimalLatitude === null ? null : 'EPSG:4326')),
  dwc('coordinateUncertaintyInMeters', 'coordinateUncertaintyM'),
  dwc('lifeStage'),
  dwc('behavior'),
  dwc('recordedBy'),
  dwc('occurrenceRemarks', 'remarks'),
];
