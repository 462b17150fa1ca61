const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text as it may stand in XML: markup escaped, what XML 1.0 has no place for taken out. */
export function xmlText(text: string): string {
  return text
    .replace(/[&<>"]/g, one => ENTITIES[one] ?? one)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
}
