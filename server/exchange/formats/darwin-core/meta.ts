import { EVENT_TERMS, OCCURRENCE_TERMS, type Term } from './terms.ts';

const ATTRIBUTES =
  'encoding="UTF-8" fieldsTerminatedBy="," linesTerminatedBy="\\r\\n" fieldsEnclosedBy="&quot;" ignoreHeaderLines="1"';

/** The descriptor of the archive (Darwin Core text guide). */
export const metaText = (): string => `<?xml version="1.0" encoding="UTF-8"?>
<archive xmlns="http://rs.tdwg.org/dwc/text/" metadata="eml.xml">
  <core ${ATTRIBUTES} rowType="http://rs.tdwg.org/dwc/terms/Event">
    <files><location>event.csv</location></files>
    <id index="0"/>
${fields(EVENT_TERMS)}
  </core>
  <extension ${ATTRIBUTES} rowType="http://rs.tdwg.org/dwc/terms/Occurrence">
    <files><location>occurrence.csv</location></files>
    <coreid index="0"/>
${fields(OCCURRENCE_TERMS)}
  </extension>
</archive>
`;

const fields = (terms: readonly Term[]): string =>
  terms.map(({ uri }, index) => `    <field index="${index}" term="${uri}"/>`).join('\n');
