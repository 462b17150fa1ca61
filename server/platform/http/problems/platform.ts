// What can be wrong with any request, whatever room it is for.
export const platformProblems = {
  internal: { status: 500, en: 'Something failed on our side.', zh: '服务器内部错误。' },
  'not-found': { status: 404, en: 'There is no such {kind}.', zh: '不存在所请求的{kind}。' },
  'route-unknown': { status: 404, en: 'Nothing is served at this address.', zh: '该地址没有内容。' },
  'asset-gone': {
    status: 404,
    en: 'This file belongs to another version of the page; load the page again.',
    zh: '该文件属于页面的其他版本，请重新加载页面。',
  },
  'client-incomplete': {
    status: 503,
    en: 'The page was not built to its end ({files}); build it and start the server again.',
    zh: '网页未完整构建（{files}）；请重新构建并重启服务器。',
  },
  'method-not-allowed': { status: 405, en: 'This address does not take this method.', zh: '该地址不支持此方法。' },
  'request-invalid': {
    status: 400,
    en: 'The request does not have the form it must have.',
    zh: '请求格式不符合要求。',
  },
  'body-invalid': {
    status: 422,
    en: 'The content of the request is not usable as it is.',
    zh: '请求内容不可用，请按提示修改。',
  },
  'body-not-json': { status: 400, en: 'The body is not valid JSON.', zh: '请求体不是有效的 JSON。' },
  'body-not-utf8': {
    status: 400,
    en: 'The body is not UTF-8; a script may have sent it in GBK.',
    zh: '请求体不是 UTF-8 编码，可能是以 GBK 发送的。',
  },
  'body-not-unpacked': {
    status: 400,
    en: 'The body is not packed as its Content-Encoding says.',
    zh: '请求体的压缩格式与 Content-Encoding 不符。',
  },
  'body-too-large': {
    status: 413,
    en: 'The body is larger than {limitBytes} bytes.',
    zh: '请求体超过 {limitBytes} 字节上限。',
  },
  'body-too-deep': {
    status: 422,
    en: 'The body nests lists and objects more than {limit} deep.',
    zh: '请求体中列表与对象的嵌套超过 {limit} 层。',
  },
  'media-type-unsupported': { status: 415, en: 'Send the body as {expected}.', zh: '请以 {expected} 格式发送请求体。' },
  'cursor-invalid': { status: 400, en: 'The cursor was not made by this list.', zh: '分页游标无效。' },
  'sign-in-required': { status: 401, en: 'Sign in to do this.', zh: '请先登录。' },
  'credentials-wrong': { status: 401, en: 'User name or password is wrong.', zh: '用户名或密码不正确。' },
  'token-unknown': {
    status: 401,
    en: 'The bearer token is unknown, expired or revoked.',
    zh: '令牌无效、已过期或已吊销。',
  },
  forbidden: { status: 403, en: 'Your role may not do this ({action}).', zh: '您的角色无权执行此操作（{action}）。' },
  'origin-mismatch': {
    status: 403,
    en: 'The request does not come from this server’s own pages.',
    zh: '请求并非来自本服务器的页面，已拒绝。',
  },
  'if-match-required': {
    status: 428,
    en: 'Send If-Match with the revision that you saw.',
    zh: '请在 If-Match 中给出您所见的版本号。',
  },
  'if-match-invalid': {
    status: 400,
    en: 'If-Match holds one revision in quotation marks, for example "3".',
    zh: 'If-Match 应为一个带引号的版本号，例如 "3"。',
  },
  'stale-revision': {
    status: 412,
    en: 'Somebody has changed this since you read it; its revision is now {currentRevision}.',
    zh: '在您读取之后已被他人修改，当前版本号为 {currentRevision}。',
  },
  'already-exists': { status: 409, en: 'This exists already.', zh: '对象已存在。' },
  'reference-broken': { status: 409, en: 'It refers to something that is not there.', zh: '引用的对象不存在。' },
  'text-unusable': {
    status: 422,
    en: 'A text holds a character that cannot be stored (U+0000 or half of a surrogate pair).',
    zh: '文本中含有无法存储的字符（U+0000 或不成对的代理码）。',
  },
  'rule-broken': {
    status: 422,
    en: 'A rule of the data is broken ({constraint}).',
    zh: '违反数据规则（{constraint}）。',
  },
  'idempotency-key-reused': {
    status: 422,
    en: 'This Idempotency-Key was used for another request.',
    zh: '该 Idempotency-Key 已用于其他请求。',
  },
  'idempotency-key-in-use': {
    status: 409,
    en: 'A request with this Idempotency-Key is still being carried out; ask again soon.',
    zh: '使用同一 Idempotency-Key 的请求仍在执行，请稍后再试。',
  },
  'too-many-requests': { status: 429, en: 'Too many tries; wait a while.', zh: '尝试次数过多，请稍后再试。' },
  busy: { status: 503, en: 'The server is busy; try again.', zh: '服务器繁忙，请稍后重试。' },
  'storage-full': {
    status: 507,
    en: 'The server has no space left to store this; nothing of it was kept.',
    zh: '服务器存储空间已满，无法保存；未保留任何部分。',
  },
  'shutting-down': { status: 503, en: 'The server is shutting down.', zh: '服务器正在关闭。' },
} as const;
