import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import PDFDocument from 'pdfkit';
import type { ImportAnswer } from '../imports.contract.ts';
import { leaveSignatureRoom } from './document/leave-signature-room.ts';
import { pointLines } from './point-lines.ts';
import type { Signature } from './signing-key.ts';

const require = createRequire(import.meta.url);
const FONT_FILE = join(dirname(require.resolve('@embedpdf/fonts-sc')), '..', 'fonts', 'NotoSansHans-Regular.otf');
const SEVERITIES = { error: '错误 error', warning: '警告 warning', info: '提示 info' } as const;

type Document = InstanceType<typeof PDFDocument>;

/** What is printed: the answer, the digest of what was signed, and the signature. */
export interface VerdictSheet {
  readonly answer: ImportAnswer;
  readonly digest: string;
  readonly signature: Signature;
  /** SHA-256 of the certificate that the PDF itself is signed with, its first half. */
  readonly certificate: string;
}

/**
 * The verdict on paper, A4, in both languages: how the file was read, areas by method, findings, points, signature. With room for the
 * signature of the document itself.
 */
export function drawVerdict({ answer, digest, signature, certificate }: VerdictSheet): Promise<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    margin: 48,
    font: FONT_FILE,
    info: { Title: `导入检查 ${answer.fileName}`, Creator: 'Regreen', CreationDate: new Date(answer.createdAt) },
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  document.fontSize(16).text('测绘文件检查意见 · Verdict on a survey file').moveDown(0.6);
  drawFacts(document, answer);
  drawAreas(document, answer);
  drawFindings(document, answer);
  drawPoints(document, answer);
  drawSignature(document, digest, signature, certificate);
  leaveSignatureRoom(document, { reason: `verdict ${answer.id}`, on: new Date(answer.createdAt) });
  document.end();
  return done;
}

const heading = (document: Document, text: string): void =>
  void document
    .moveDown(0.8)
    .fontSize(12)
    .fillColor('#1f4d3a')
    .text(text)
    .fillColor('#000000')
    .fontSize(8.5)
    .moveDown(0.2);

function drawFacts(document: Document, answer: ImportAnswer): void {
  const { fileName, sha256, format, encoding, crs, rowCount, readyCount, createdAt, id } = answer;
  document.fontSize(9);
  for (const line of [
    `文件 file: ${fileName}`,
    `SHA-256: ${sha256}`,
    `导入编号 import: ${id}    时间 examined: ${createdAt}`,
    `格式 format: ${format ?? '–'}    编码 encoding: ${encoding ?? '–'}`,
    `坐标系 coordinates: 声明 declared ${crs.declared ?? '–'}; 判断 detected ${crs.detected ?? '–'}; 采用 used ${usedSystem(crs)}`,
    `行数 rows: ${rowCount}    可写入 ready: ${readyCount}`,
  ])
    document.text(line);
}

const usedSystem = ({ used, name }: ImportAnswer['crs']): string =>
  used === null ? '–' : name === undefined ? used : `${used} ${[...new Set([name.zh, name.en])].join(' / ')}`;

const m2 = (value: number | null): string => (value === null ? '–' : value.toFixed(2));

function drawAreas(document: Document, answer: ImportAnswer): void {
  heading(document, '面积（平方米）· Areas, m²: 椭球 ellipsoidal / 平面 plane (3° Gauss-Kruger) / 声明 declared');
  for (const {
    properties: { row, name, areaM2, planeAreaM2, declaredAreaM2 },
  } of answer.features)
    document.text(`${row}  ${name ?? ''}    ${m2(areaM2)} / ${m2(planeAreaM2)} / ${m2(declaredAreaM2)}`);
  if (answer.features.length < answer.readyCount)
    document.text(`… ${answer.readyCount - answer.features.length} 行未列出 more rows`);
  document.text(`合计 total    ${m2(answer.areaM2)}`);
}

function drawFindings(document: Document, answer: ImportAnswer): void {
  heading(document, '检查结果 · Findings');
  if (answer.findings.length === 0) document.text('没有问题 nothing is wrong');
  for (const { severity, row, point, message, code } of answer.findings) {
    const place = [row === undefined ? '' : `行 row ${row}`, point === undefined ? '' : `点 point ${point}`].filter(
      Boolean,
    );
    document.text(`[${SEVERITIES[severity]}] ${code} ${place.join(', ')}`);
    document.text(`${message.zh} ${message.en}`, { indent: 12 });
  }
}

function drawPoints(document: Document, answer: ImportAnswer): void {
  heading(document, '界址点 · Points: 经度 lng, 纬度 lat; X, Y (CGCS2000 3°)');
  for (const { text, isPoint } of pointLines(answer)) document.text(text, { indent: isPoint ? 12 : 0 });
}

function drawSignature(
  document: Document,
  digest: string,
  { signature, fingerprint }: Signature,
  certificate: string,
): void {
  heading(document, '签名 · Signature');
  document.text(`意见内容 SHA-256 of the verdict: ${digest}`);
  document.text(`Ed25519: ${signature}`);
  document.text(`公钥指纹 fingerprint of the public key: ${fingerprint}`);
  document.text(
    `验证：取 /api/v1/imports/{编号}/verdict，对 content 的 UTF-8 字节验签。To verify: GET /api/v1/imports/{id}/verdict and check the signature over the UTF-8 bytes of "content".`,
  );
  document.text(
    `本文件已电子签名，任何改动均可由 PDF 阅读器发现；请核对证书指纹：${certificate}。This document is signed: a PDF reader tells of any change. Compare the fingerprint of its certificate: ${certificate}`,
  );
}
