/** The view of each kind of part, called as the kind is (src/protocol/parts/kinds.ts). */
export {
  CallPart as call,
  DiffPart as diff,
  NoticePart as notice,
  PlanPart as plan,
  SessionPart as session,
  SnapshotPart as snapshot,
} from './agent-views.ts';
export { DataPart as data } from './data.tsx';
export { FilePart as file } from './file.tsx';
export { QuestionPart as question } from './question.tsx';
export { QuotePart as quote } from './quote.tsx';
export { ReasoningPart as reasoning } from './reasoning.tsx';
export { SummaryPart as summary } from './summary.tsx';
export { TextPart as text } from './text.tsx';
export { ToolPart as tool } from './tool.tsx';
export { UnreadablePart as kept } from './unreadable.tsx';
