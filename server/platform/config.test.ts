import express from 'express';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
};

describe('settings', () => {
  it('are complete without any', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: undefined,
      isDemo: true,
      adminPassword: undefined,
      basemap: { kind: 'builtin' },
    });
  });

  it('name every fault at once', () => {
    const faults = faultsOf({
      PORT: '70000',
      DATABASE_URL: 'mysql://x',
      REGREEN_DEMO: 'yes',
      REGREEN_WORKERS: '-1',
      REGREEN_DATADIR: '/x',
      REGREEN_ADMIN_PASSWORD: 'short',
    });
    expect(faults.map(fault => fault.split(':')[0]).toSorted((a = '', b = '') => a.localeCompare(b))).toEqual([
      'DATABASE_URL',
      'PORT',
      'REGREEN_ADMIN_PASSWORD',
      'REGREEN_DATADIR',
      'REGREEN_DEMO',
      'REGREEN_WORKERS',
    ]);
    expect(faults[0]).toContain('did you mean REGREEN_DATA_DIR?');
  });

  it('refuse demo accounts on an address that others reach', () => {
    expect(faultsOf({ HOST: '0.0.0.0', REGREEN_DEMO: '1' })[0]).toMatch(/^REGREEN_DEMO: /);
    expect(readConfig({ HOST: '0.0.0.0' }).isDemo).toBe(false);
    expect(readConfig({ HOST: '::1', REGREEN_DEMO: '1' }).isDemo).toBe(true);
  });

  it('turn the demonstration off with a database server, unless it is asked for', () => {
    expect(readConfig({ DATABASE_URL: 'postgres://h/d' }).isDemo).toBe(false);
    expect(readConfig({ DATABASE_URL: 'postgres://h/d', REGREEN_DEMO: '1' }).isDemo).toBe(true);
  });

  it('know a proxy by its address, its network or a name', () => {
    for (const text of ['loopback', 'uniquelocal, 203.0.113.7', '10.0.0.0/8', '2001:db8::/32,::1']) {
      expect(readConfig({ REGREEN_TRUST_PROXY: text }).trustedProxies).toBe(text);
      expect(() => express().set('trust proxy', text)).not.toThrow();
    }
    for (const text of ['true', '1', 'proxy.example', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.0/8/8', 'loopback,'])
      expect(faultsOf({ REGREEN_TRUST_PROXY: text })[0]).toMatch(/^REGREEN_TRUST_PROXY: must be addresses/);
  });

  it('tell an XYZ template from a style', () => {
    expect(
      readConfig({ REGREEN_BASEMAP: 'https://t.example/{z}/{x}/{y}.png', REGREEN_BASEMAP_ATTRIBUTION: '© T' }).basemap,
    ).toEqual({ kind: 'xyz', url: 'https://t.example/{z}/{x}/{y}.png', attribution: '© T' });
    expect(readConfig({ REGREEN_BASEMAP: 'https://t.example/style.json' }).basemap).toEqual({
      kind: 'style',
      url: 'https://t.example/style.json',
    });
    expect(faultsOf({ REGREEN_BASEMAP: 'osm' })).toHaveLength(1);
  });

  it('take an empty value for an absent one', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '', REGREEN_STORAGE: '' })).toMatchObject({ port: 3000, isDemo: true });
  });
});
