// What can be wrong with organisations, mines, boundaries and facilities, in both languages.
export const minesProblems = {
  'organisation-unknown': {
    status: 422,
    en: 'There is no organisation with the code {code}.',
    zh: '没有代码为 {code} 的单位。',
  },
  'organisation-code-taken': {
    status: 409,
    en: 'Another organisation has this code.',
    zh: '该单位代码已被使用。',
  },
  'mine-code-taken': { status: 409, en: 'Another mine has this code.', zh: '该矿山代码已被使用。' },
  'outside-country': {
    status: 422,
    en: 'The corner {lng}, {lat} lies outside of China (longitude {west} to {east}, latitude {south} to {north}), but the mine is in {province}.',
    zh: '顶点 {lng}, {lat} 不在中国范围内（经度 {west}–{east}，纬度 {south}–{north}），而矿山位于 {province}。',
  },
  'declared-area-wrong': {
    status: 422,
    en: 'The declared area of {declaredAreaM2} m² is {ratio} times that of the outline ({areaM2} m²): more than 5 % off.',
    zh: '申报面积 {declaredAreaM2} m² 为图形面积（{areaM2} m²）的 {ratio} 倍，相差超过 5 %。',
  },
  'declared-area-unit': {
    status: 422,
    en: 'The declared area of {declaredAreaM2} m² is {ratio} times that of the outline ({areaM2} m²): probably a mistaken unit ({mixUp}).',
    zh: '申报面积 {declaredAreaM2} m² 为图形面积（{areaM2} m²）的 {ratio} 倍：可能单位有误（{mixUp}）。',
  },
  'mine-dates-reversed': {
    status: 422,
    en: 'The mine would end ({endOn}) before it starts ({startOn}).',
    zh: '矿山终止日期（{endOn}）早于开始日期（{startOn}）。',
  },
  'validity-reversed': {
    status: 422,
    en: 'The validity would end ({validTo}) before it begins ({validFrom}).',
    zh: '有效期结束（{validTo}）不晚于开始（{validFrom}）。',
  },
  'boundary-validity-overlap': {
    status: 409,
    en: 'Another boundary of this kind is valid in that time (see params); name it in `supersedes` to end it.',
    zh: '该时段内已有同类边界生效（见 params）；如需替换，请在 supersedes 中指明。',
  },
  'boundary-supersedes-unknown': {
    status: 422,
    en: 'The mine has no {kind} boundary no. {id} to supersede.',
    zh: '该矿山没有编号为 {id} 的 {kind} 边界可供替换。',
  },
  'boundary-supersedes-later': {
    status: 422,
    en: 'Boundary no. {id} begins on {validFrom}, not before the one that would supersede it.',
    zh: '编号 {id} 的边界自 {validFrom} 起生效，不早于将替换它的边界。',
  },
  'facility-attributes-invalid': {
    status: 422,
    en: 'The attributes do not fit a facility of the type {type}; see errors.',
    zh: '属性与 {type} 类型设施不符，详见 errors。',
  },
  'facility-status-contradiction': {
    status: 422,
    en: 'Status {status} contradicts the tailings status {tailingsStatus}, which means {expected}.',
    zh: '设施状态 {status} 与尾矿库状态 {tailingsStatus} 矛盾，后者对应 {expected}。',
  },
} as const;
