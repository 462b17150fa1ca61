import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { afterAll, describe, expect, it } from 'vitest';
import { leaveSignatureRoom } from './leave-signature-room.ts';
import { ownCertificate } from './own-certificate.ts';
import { signPdf } from './sign-pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-signed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { privateKey: privatePem } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const certificate = ownCertificate(privatePem, 'Regreen 0123', new Date('2025-06-15T08:00:00Z'));
const ON = new Date('2025-06-15T09:00:00Z');

async function drawn(): Promise<Buffer> {
  const document = new PDFDocument({ info: { CreationDate: ON } });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise(resolve => document.on('end', resolve));
  document.text('area 9999.20 m2').addPage().text('second page');
  leaveSignatureRoom(document, { reason: 'verdict 7', on: ON });
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

/** What of a signed document is signed, and the signature, as its own range says. */
function partsOf(pdf: Buffer): { content: Buffer; signature: Buffer } {
  const range = /\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]/.exec(pdf.toString('latin1').replaceAll(/ +\]/g, ']'));
  const [start = 0, length = 0, from = 0, rest = 0] = (range ?? []).slice(1).map(Number);
  expect([start, from + rest]).toEqual([0, pdf.length]);
  const hex = pdf.toString('latin1', length + 1, from - 1);
  return {
    content: Buffer.concat([pdf.subarray(0, length), pdf.subarray(from)]),
    signature: Buffer.from(hex.replace(/(00)+$/, ''), 'hex'),
  };
}

const isThere = (command: string, option: string): boolean => spawnSync(command, [option]).status === 0;
const changed = (pdf: Buffer, at: number): Buffer => {
  const other = Buffer.from(pdf);
  other.writeUInt8(other.readUInt8(at) ^ 1, at);
  return other;
};

describe('a signed document', () => {
  it('is certified by its own key, and signed with the same bytes again', async () => {
    const own = new X509Certificate(certificate);
    expect(own.verify(own.publicKey)).toBe(true);
    expect([own.subject, own.ca, new Date(own.validFrom)]).toEqual([
      'CN=Regreen 0123',
      false,
      new Date('2025-06-15T08:00:00Z'),
    ]);
    const pdf = await drawn();
    const signed = signPdf(pdf, { privatePem, certificate });
    expect(signed).toHaveLength(pdf.length);
    expect(signPdf(pdf, { privatePem, certificate }).equals(signed)).toBe(true);
    expect(() => signPdf(Buffer.from('%PDF-1.7'), { privatePem, certificate })).toThrow('no room');
  });

  it.skipIf(!isThere('openssl', 'version'))('is checked by OpenSSL, which tells of every change', async () => {
    const isSound = (pdf: Buffer): boolean => {
      const { content, signature } = partsOf(pdf);
      const [data, cms, pem] = ['content', 'signature.der', 'own.pem'].map(name => join(folder, name)) as [
        string,
        string,
        string,
      ];
      writeFileSync(data, content);
      writeFileSync(cms, signature);
      writeFileSync(pem, new X509Certificate(certificate).toString());
      const args = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', cms, '-content', data, '-CAfile', pem];
      return spawnSync('openssl', [...args, '-purpose', 'any', '-out', join(folder, 'out')]).status === 0;
    };
    const signed = signPdf(await drawn(), { privatePem, certificate });
    expect(isSound(signed)).toBe(true);
    const page = signed.indexOf('/MediaBox');
    for (const at of [page + 14, signed.length - 3]) expect(isSound(changed(signed, at)), String(at)).toBe(false);
  });

  it.skipIf(spawnSync('pdfsig', ['-v']).error !== undefined)('is checked by a reader of PDF', async () => {
    const said = (pdf: Buffer): string => {
      const path = join(folder, 'signed.pdf');
      writeFileSync(path, pdf);
      return spawnSync('pdfsig', ['-nocert', path], { encoding: 'utf8' }).stdout;
    };
    const signed = signPdf(await drawn(), { privatePem, certificate });
    expect(said(signed)).toMatch(/Regreen 0123[\s\S]*Total document signed[\s\S]*Signature is Valid/);
    expect(said(changed(signed, signed.indexOf('/MediaBox') + 14))).toMatch(/Digest Mismatch/);
  });
});
