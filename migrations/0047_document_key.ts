import type { Knex } from 'knex';

/** Readers of PDF know no Ed25519: documents are signed with an RSA key of their own, and the certificate that names it. Made on first need. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table signing_key add column document_private_pem text, add column document_certificate bytea,
      add constraint chk_signing_key_document check ((document_private_pem is null) = (document_certificate is null))`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table signing_key drop constraint chk_signing_key_document,
      drop column document_private_pem, drop column document_certificate`);
}
