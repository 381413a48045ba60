import { partySchema, socialTables } from '#party';
import { ChildActEntity, ChildCaseEntity, ChildFactEntity } from './child-case/child-case.entities.js';
import { ReportFeedbackEntity } from './feedback/report-feedback.entity.js';
import { InvestigationDecisionEntity } from './investigation/investigation-decision.entity.js';
import { CreateInvestigationDecision1795341100000 } from './migrations/1795341100000-CreateInvestigationDecision.js';
import { CreateReportFeedback1795352000000 } from './migrations/1795352000000-CreateReportFeedback.js';
import { CreateChildCase1795355000000 } from './migrations/1795355000000-CreateChildCase.js';

const SOCIAL = socialTables('bou');

/** What every party's schema has, the records of night and morning, and decisions on investigations. */
export const BOU_SCHEMA = partySchema('bou', {
  entities: [
    ...SOCIAL.entities,
    InvestigationDecisionEntity,
    ReportFeedbackEntity,
    ChildCaseEntity,
    ChildActEntity,
    ChildFactEntity,
  ],
  migrations: [
    ...SOCIAL.migrations,
    CreateInvestigationDecision1795341100000,
    CreateReportFeedback1795352000000,
    CreateChildCase1795355000000,
  ],
});
