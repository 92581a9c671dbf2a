-- What the web role may do, table by table; run by `prepare` after each migrate (manage.py grant_web_role), and safe to
-- run again. The role itself is made once by hand: CREATE ROLE sanwei_web LOGIN PASSWORD '…'. Tables belong to the
-- owner, who is not the web role. A table that is not named here is closed to it; tests/security names those forgotten.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM sanwei_web;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM sanwei_web;
GRANT USAGE ON SCHEMA public TO sanwei_web;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO sanwei_web;

-- Read only: written by migrate alone.
GRANT SELECT ON
  auth_group, auth_group_permissions, auth_permission, django_content_type, django_migrations
TO sanwei_web;

-- The record: added to, never changed, even if a trigger were gone.
GRANT SELECT, INSERT ON
  core_entry, core_seal
TO sanwei_web;

-- A version handed in: what was signed stays, what is decided on it is entered.
GRANT SELECT, INSERT, UPDATE (outcome, opinion, decided_by_id, decided_at) ON
  units_planversion
TO sanwei_web;

-- What is to be told is announced once and not reworded; its progress is noted.
GRANT SELECT, INSERT, UPDATE (due_at, attempts, told_at, parked_at, last_error) ON
  core_announcement
TO sanwei_web;

-- What was given to a unit, and what was decided on it, is kept; what was reported, urged and counted is not reworded.
GRANT SELECT, INSERT, UPDATE ON
  units_task, units_taskextension, units_assistance
TO sanwei_web;
GRANT SELECT, INSERT ON
  assessments_ledgerentry, assessments_pointrule, core_lightrule, units_taskprogress, units_pause
TO sanwei_web;
GRANT SELECT, INSERT, UPDATE (signed_by_id, signed_at) ON
  units_urging
TO sanwei_web;

-- Lots that were drawn, and what a second look showed, stand.
GRANT SELECT, INSERT ON
  assessments_draw, assessments_lookback, assessments_findingtask, assessments_evidence
TO sanwei_web;
GRANT SELECT, INSERT, UPDATE ON
  assessments_finding, assessments_inspection
TO sanwei_web;

-- What was told, said, decided and noticed in a case of accountability is kept; respondents are named anew before the hearing.
GRANT SELECT, INSERT, UPDATE ON
  assessments_accountabilitycase, assessments_casereview, assessments_sanction
TO sanwei_web;
GRANT SELECT, INSERT, DELETE ON
  assessments_respondent
TO sanwei_web;
GRANT SELECT, INSERT ON
  assessments_escalationrule, assessments_statement
TO sanwei_web;
GRANT SELECT, INSERT, UPDATE (signed_by_id, signed_at) ON
  assessments_faultnotice
TO sanwei_web;

-- What a medium said of a unit and what a unit does well is kept; what was sent in or said is not reworded.
GRANT SELECT, INSERT, UPDATE ON
  assessments_exposure, assessments_modelcase
TO sanwei_web;
GRANT SELECT, INSERT ON
  assessments_caseversion, assessments_explanation
TO sanwei_web;

-- The work of the house.
GRANT SELECT, INSERT, UPDATE, DELETE ON
  assessments_bulletin, assessments_findingclass, assessments_inspectedunit, assessments_receipt,
  assessments_teammember, assessments_witness,
  core_attachment, core_calendarday, core_calendaryear, core_export, core_heartbeat, core_hold, core_notification,
  core_numberseries, core_outboxmessage, core_passwordhistory, core_preference, core_recoverycode, core_reply,
  core_searchentry, core_signinfailure, core_user, core_watch,
  django_admin_log, django_session,
  otp_static_staticdevice, otp_static_statictoken, otp_totp_totpdevice,
  units_campaign, units_comment, units_department, units_extension, units_leadinggroupmember, units_measure,
  units_measuretally, units_plan, units_plantally, units_policy, units_policy_cites, units_policypart, units_post,
  units_progress, units_reminder, units_section, units_stage, units_taskcounted,
  units_taskcountedon, units_tasklighttally, units_taskmonthtally, units_taskmove, units_taskplacetally, units_unit,
  units_unitname, units_unittier
TO sanwei_web;
