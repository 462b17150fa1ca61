// What keeps the product from starting, or a command from running; printed on the terminal in both languages.
export const startupProblems = {
  'embedded-database-in-use': {
    status: 503,
    en: 'Another process (pid {pid} on {host}) has the embedded database {directory} open. Stop it, or use another REGREEN_DATA_DIR.',
    zh: '内置数据库 {directory} 正被另一进程（pid {pid}，主机 {host}）使用。请先停止该进程，或改用其他 REGREEN_DATA_DIR。',
  },
  'embedded-database-other-version': {
    status: 503,
    en: 'The embedded database {directory} was written by {found}; this version reads {needed}. It was left untouched.',
    zh: '内置数据库 {directory} 由 {found} 写入，本版本只能读取 {needed}。数据未被改动。',
  },
  'embedded-database-damaged': {
    status: 503,
    en: 'The embedded database {directory} cannot be opened ({reason}). It was left untouched; restore a backup or use another REGREEN_DATA_DIR.',
    zh: '内置数据库 {directory} 无法打开（{reason}）。数据未被改动；请恢复备份或改用其他 REGREEN_DATA_DIR。',
  },
  'database-unreachable': {
    status: 503,
    en: 'The database server cannot be reached: {reason}.',
    zh: '无法连接数据库服务器：{reason}。',
  },
  'database-too-old': {
    status: 503,
    en: 'PostgreSQL {found} is too old; at least {needed} is needed.',
    zh: 'PostgreSQL {found} 版本过低，至少需要 {needed}。',
  },
  'postgis-missing': {
    status: 503,
    en: 'PostGIS is not available in the database: {reason}.',
    zh: '数据库中没有可用的 PostGIS:{reason}。',
  },
  'postgis-too-old': {
    status: 503,
    en: 'PostGIS {found} is too old; at least {needed} is needed.',
    zh: 'PostGIS {found} 版本过低，至少需要 {needed}。',
  },
  'database-newer': {
    status: 503,
    en: 'The database was migrated by a newer version ({migrations}).',
    zh: '数据库已由更新的版本迁移（{migrations}）。',
  },
  'database-not-migrated': {
    status: 503,
    en: 'The database is not at this version; run `regreen migrate` first ({migrations}).',
    zh: '数据库尚未升级到本版本；请先运行 `regreen migrate`（{migrations}）。',
  },
  'storage-not-supported': {
    status: 503,
    en: 'REGREEN_STORAGE: this version stores files only (file:), not {scheme}:.',
    zh: 'REGREEN_STORAGE：本版本仅支持文件存储（file:），不支持 {scheme}:。',
  },
  'port-taken': {
    status: 503,
    en: 'Port {port} on {host} is taken by another program; set PORT.',
    zh: '{host} 的端口 {port} 已被其他程序占用；请设置 PORT。',
  },
  'address-unusable': {
    status: 503,
    en: 'The server cannot listen on {host}, port {port} ({reason}); set HOST and PORT.',
    zh: '无法在 {host} 的端口 {port} 上监听（{reason}）；请设置 HOST 与 PORT。',
  },
  'path-unusable': {
    status: 503,
    en: '{path} cannot be used ({reason}); check its rights, or use another REGREEN_DATA_DIR.',
    zh: '无法使用 {path}（{reason}）；请检查其权限，或改用其他 REGREEN_DATA_DIR。',
  },
  'worker-needs-server': {
    status: 503,
    en: 'The embedded database admits one process; `regreen worker` needs DATABASE_URL.',
    zh: '内置数据库只允许一个进程；`regreen worker` 需要设置 DATABASE_URL。',
  },
  'starting-up': { status: 503, en: 'The server is starting.', zh: '服务器正在启动。' },
  'job-cancelled': { status: 409, en: 'The job was cancelled.', zh: '任务已取消。' },
} as const;
