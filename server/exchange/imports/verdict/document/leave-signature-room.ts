import type PDFDocument from 'pdfkit';
import { LENGTH_ROOM, SIGNATURE_ROOM } from './sign-pdf.ts';

interface Reference {
  end(): void;
}
interface Form {
  readonly data: { readonly Fields: unknown[]; NeedAppearances?: boolean | undefined; SigFlags?: number };
}
interface Inner {
  readonly _root: { readonly data: { readonly AcroForm: Form } };
  readonly page: { readonly annotations: unknown[]; readonly dictionary: unknown };
}

/** Texts are String objects to pdfkit; plain strings are names. */
const text = (value: string): object => Object(value) as object;

/** Gives a document that has a font a signature field, unseen on its page, whose signature is still to come. */
export function leaveSignatureRoom(document: InstanceType<typeof PDFDocument>, { reason, on }: SignatureNote): void {
  const inner = document as unknown as Inner;
  const signature = document.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'adbe.pkcs7.detached',
    ByteRange: [0, LENGTH_ROOM, LENGTH_ROOM, LENGTH_ROOM],
    Contents: Buffer.alloc(SIGNATURE_ROOM),
    Reason: text(reason),
    M: on,
  }) as unknown as Reference;
  const field = document.ref({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    T: text('verdict'),
    V: signature,
    // Printed, and not to be moved.
    F: 132,
    Rect: [0, 0, 0, 0],
    P: inner.page.dictionary,
  }) as unknown as Reference;
  inner.page.annotations.push(field);
  document.initForm();
  const { data } = inner._root.data.AcroForm;
  data.Fields.push(field);
  // Nothing is to be drawn anew, which would undo the signature.
  data.NeedAppearances = undefined;
  // There are signatures, and only appending keeps them.
  data.SigFlags = 3;
  for (const reference of [signature, field]) reference.end();
}

export interface SignatureNote {
  readonly reason: string;
  readonly on: Date;
}
