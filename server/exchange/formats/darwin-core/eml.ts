import type { ExportJob } from '../export-layer.ts';
import { xmlText } from '../parts/xml-text.ts';

/** What the exported records span, in degrees and days. */
export interface Coverage {
  west: number;
  south: number;
  east: number;
  north: number;
  from: string;
  to: string;
}

/** The description of the data set (EML 2.2.0). */
export function emlText({ layer, notes }: ExportJob, coverage: Coverage, records: number): string {
  const party = `<organizationName>${xmlText(`${notes.owner.zh} ${notes.owner.en}`.trim())}</organizationName>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<eml:eml xmlns:eml="https://eml.ecoinformatics.org/eml-2.2.0" packageId="${xmlText(notes.query)}@${notes.day}" system="regreen" xml:lang="zh">
  <dataset>
    <title xml:lang="zh">${xmlText(layer.title.zh)}</title>
    <title xml:lang="en">${xmlText(layer.title.en)}</title>
    <creator>${party}</creator>
    <metadataProvider>${party}</metadataProvider>
    <pubDate>${notes.day}</pubDate>
    <language>zho</language>
    <abstract>
      <para>${xmlText(notes.precision.zh)}</para>
      <para>${xmlText(notes.precision.en)}</para>
      <para>${xmlText(`${notes.query}; ${notes.role}; ${records}`)}</para>
    </abstract>
    <intellectualRights>
      <para>${xmlText(notes.licence.zh)}</para>
      <para>${xmlText(notes.licence.en)}</para>
    </intellectualRights>
${coverageText(coverage)}    <contact>${party}</contact>
  </dataset>
</eml:eml>
`;
}

function coverageText({ west, south, east, north, from, to }: Coverage): string {
  if (west > east) return '';
  return `    <coverage>
      <geographicCoverage>
        <geographicDescription>WGS 84</geographicDescription>
        <boundingCoordinates>
          <westBoundingCoordinate>${west}</westBoundingCoordinate>
          <eastBoundingCoordinate>${east}</eastBoundingCoordinate>
          <northBoundingCoordinate>${north}</northBoundingCoordinate>
          <southBoundingCoordinate>${south}</southBoundingCoordinate>
        </boundingCoordinates>
      </geographicCoverage>
      <temporalCoverage>
        <rangeOfDates>
          <beginDate><calendarDate>${from}</calendarDate></beginDate>
          <endDate><calendarDate>${to}</calendarDate></endDate>
        </rangeOfDates>
      </temporalCoverage>
    </coverage>
`;
}
