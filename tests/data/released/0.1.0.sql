BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE code (
	id CHAR(32) NOT NULL, 
	study_id CHAR(32) NOT NULL, 
	codebook_id CHAR(32) NOT NULL, 
	created_event INTEGER NOT NULL, 
	CONSTRAINT pk_code PRIMARY KEY (id), 
	CONSTRAINT fk_code_codebook_id FOREIGN KEY(codebook_id) REFERENCES codebook (id), 
	CONSTRAINT fk_code_study_id FOREIGN KEY(study_id) REFERENCES study (id)
);
INSERT INTO "code" VALUES('0dcc3c6433bc4f1d8af259859b104709','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('17fd8164daa2400fad31d343c51733d1','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('2e227dcf97c043af9a8ac7aa434715c7','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('4194550637e54a9e8f08d3c00a05f110','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('60fe84522d9c4f318b60b3330ca882f9','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('6f519f9a72d046ce8f56876a3095fcd2','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('b95dc3e11f684e3a9d434a46edc34845','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('49c74d12c1394f39a78b9e2dd9df848d','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('570cbce9dd3740e79f7523190b6a3e46','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('774383cc9800482dbea315c7f93cab04','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('bf8ebf8ee060463e9e7b6150bd0a2226','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('e16840b3565b444bb1a3203a56dcb18e','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('4ba3d2c5072540ecb268b1958a50b6e3','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('a0bd085b133f40a8804a814804f7dbe1','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('92bcbf6bd7d04949bf90d60125f0c4a9','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('7c3992b4bc7f48b3a733f70a69ccfc3a','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('eaf0786c15d043a189075a738e971806','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('eb3773906b4042e689d5e178b4645a30','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('4f307e66d87f46a1923f1a4a65266e58','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('10bb9beef5004bee8c74c80d414fb373','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('b04a97f9907c45b2b543188bf4199776','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('5a86fd3cd2b945df8e89dcd8a28e38d7','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('456b5fee8856453caaa476e56f5da6d1','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('3a9e3f58392a4be5b6f027bbb69a7538','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('2d9c193096b647ffbfa3b60b3b4dfb1a','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('2d81ad813b8e4b9ea8f4b243109cdf61','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('6e86a70f1c8a4e8a919d661c6956132e','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('776532a0f909440984922e58aadd866b','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('92fdb6bf5a074872a0e267bc8c84510f','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('463fa180c35f46fa9b2cbb9cfc5d7265','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('63c4f145d7e247bd95a053515c477d65','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('0060ba87b484458da14de816057eeb22','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('1a6a79f064a64ac892b9cf6ee3538b50','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('58cb4cd701b64073bfc24b85f53b228e','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('d253015529604ba493db5dba75c4a04e','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('cfc3cef4a86744fba12e855fd005a7d0','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('a809f6f981e4423d9dd2163b757d9be2','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('a820a4070a174f23b5044d296324cb50','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('436b4ad4af884e6c9ed6d6fd2daf8d79','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('cf883fe3b4854f4da5a6f365e7749fe2','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('fc221ac7d2084cdf8253de5ba4e445a3','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('f7e738733bae4da7a2dab1ed1199b837','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
INSERT INTO "code" VALUES('8669d7a8fc9c4a0bb8aa7a39f45590a4','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',4);
CREATE TABLE code_revision (
	codebook_version_id CHAR(32) NOT NULL, 
	code_id CHAR(32) NOT NULL, 
	parent_id CHAR(32), 
	position INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	label TEXT NOT NULL, 
	definition TEXT DEFAULT '' NOT NULL, 
	include TEXT DEFAULT '' NOT NULL, 
	exclude TEXT DEFAULT '' NOT NULL, 
	example TEXT DEFAULT '' NOT NULL, 
	ticd TEXT DEFAULT '' NOT NULL, 
	cfir2022 TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_code_revision PRIMARY KEY (codebook_version_id, code_id), 
	CONSTRAINT fk_code_revision_code_id FOREIGN KEY(code_id) REFERENCES code (id), 
	CONSTRAINT fk_code_revision_codebook_version_id FOREIGN KEY(codebook_version_id) REFERENCES codebook_version (id), 
	CONSTRAINT fk_code_revision_parent_id FOREIGN KEY(parent_id) REFERENCES code (id), 
	CONSTRAINT uq_code_revision_codebook_version_id_key UNIQUE (codebook_version_id, "key")
);
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','0dcc3c6433bc4f1d8af259859b104709',NULL,0,'INN','{"en":"Innovation / programme","fr":"Innovation / programme","nl":"Innovatie / programma"}','','','','','Guideline factors','I Innovation');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','17fd8164daa2400fad31d343c51733d1','0dcc3c6433bc4f1d8af259859b104709',1,'INN-ADV','{"en":"Advantage in practice","fr":"Avantage en pratique","nl":"Voordeel in de praktijk"}','Perceived gain or loss of the programme compared with usual care','added value, relevance to felt needs, visible benefit','money -> ECO-FIN; evidence quality -> INN-CRED','The education programme gives my patients something I have no time for.','observability; expected fit','Relative advantage');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','2e227dcf97c043af9a8ac7aa434715c7','0dcc3c6433bc4f1d8af259859b104709',2,'INN-FEAS','{"en":"Feasibility and workload","fr":"Faisabilité et charge","nl":"Haalbaarheid en werklast"}','Effort the programme itself asks in daily work','forms, registration burden, time per case','lack of staff in general -> ORG-STAFF','Filling in ten paper forms made me stop.','feasibility; effort','Design; Compatibility');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','4194550637e54a9e8f08d3c00a05f110','0dcc3c6433bc4f1d8af259859b104709',3,'INN-CPLX','{"en":"Complexity and clarity","fr":"Complexité et clarté","nl":"Complexiteit en duidelijkheid"}','Number and entanglement of parts and how clear aims are','too many components, parts hampering each other, vague aims','poor explaining by the team -> IMP-COMM','Nobody could tell me what the project was exactly.','clarity','Complexity');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','60fe84522d9c4f318b60b3330ca882f9','0dcc3c6433bc4f1d8af259859b104709',4,'INN-CRED','{"en":"Credibility and evidence","fr":"Crédibilité et preuves","nl":"Geloofwaardigheid en evidentie"}','Trust in source, guideline or evidence','guideline quality, reputation of developers','trust in a colleague -> SOC-OPIN','It follows the national guideline, so I trust it.','quality of evidence; source','Source; Evidence base');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','6f519f9a72d046ce8f56876a3095fcd2','0dcc3c6433bc4f1d8af259859b104709',5,'INN-ATTR','{"en":"Attractiveness and adaptability","fr":"Attrait et adaptabilité","nl":"Aantrekkelijkheid en aanpasbaarheid"}','Appeal, fit and room to tailor to region or practice','respect for existing roles, tailoring, flexibility','who took part in tailoring -> IMP-PART','It left the GP in charge.','compatibility; cultural appropriateness','Adaptability; Design');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','b95dc3e11f684e3a9d434a46edc34845','0dcc3c6433bc4f1d8af259859b104709',6,'INN-ACC','{"en":"Accessibility","fr":"Accessibilité","nl":"Toegankelijkheid"}','Ease of reaching or using the service or tool','distance, opening hours, referral rule, cost to patient as entry rule','patient''s means of transport -> PAT-CIRC','The centre is twenty kilometres away.','accessibility of the intervention','Design');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','49c74d12c1394f39a78b9e2dd9df848d',NULL,7,'PRO','{"en":"Individual professional","fr":"Professionnel individuel","nl":"Individuele zorgverlener"}','','','','','Individual health professional factors','IV Individuals (deliverers)');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','570cbce9dd3740e79f7523190b6a3e46','49c74d12c1394f39a78b9e2dd9df848d',8,'PRO-AWARE','{"en":"Awareness","fr":"Sensibilisation","nl":"Bewustzijn"}','Knowing that the programme or problem exists','unaware of service, sees or denies a gap','skills -> PRO-KNOW','I did not know I could refer.','awareness and familiarity','Capability; Need');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','774383cc9800482dbea315c7f93cab04','49c74d12c1394f39a78b9e2dd9df848d',9,'PRO-KNOW','{"en":"Knowledge and skills","fr":"Connaissances et compétences","nl":"Kennis en vaardigheden"}','Ability to do what is asked','training level, confidence in skill','training supply -> ORG-RES or IMP-EDUC','I never started insulin myself.','domain knowledge; skills; self-efficacy','Capability');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','bf8ebf8ee060463e9e7b6150bd0a2226','49c74d12c1394f39a78b9e2dd9df848d',10,'PRO-ATT','{"en":"Attitude","fr":"Attitude","nl":"Attitude"}','Agreement or disagreement with the change and role beliefs','opinions on task shift, fear of losing patients as own belief','group norm -> SOC-CULT','Patients will be taken away from me.','agreement; emotions; expected outcome','Motivation');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','e16840b3565b444bb1a3203a56dcb18e','49c74d12c1394f39a78b9e2dd9df848d',11,'PRO-MOT','{"en":"Motivation to change","fr":"Motivation au changement","nl":"Veranderbereidheid"}','Willingness to invest effort','volunteering, fatigue with projects','payment -> ECO-FIN','We all wanted better diabetes care here.','intention and motivation','Motivation');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','4ba3d2c5072540ecb268b1958a50b6e3','49c74d12c1394f39a78b9e2dd9df848d',12,'PRO-ROUT','{"en":"Behavioural routines","fr":"Routines","nl":"Gedragsroutines"}','Habits that help or hinder','no tradition of working by protocol, old referral habits','practice organisation -> ORG-PROC','I always did it alone.','nature of the behaviour','Opportunity');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','a0bd085b133f40a8804a814804f7dbe1',NULL,13,'PAT','{"en":"Patient","fr":"Patient","nl":"Patiënt"}','','','','','Patient factors','IV Individuals (recipients)');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','92bcbf6bd7d04949bf90d60125f0c4a9','a0bd085b133f40a8804a814804f7dbe1',14,'PAT-KNOW','{"en":"Knowledge","fr":"Connaissances","nl":"Kennis"}','What patients know about condition or service','health literacy, unaware of programme','quality of information given -> IMP-COMM','I thought mild sugar was no illness.','patient beliefs and knowledge','Recipients - capability');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','7c3992b4bc7f48b3a733f70a69ccfc3a','a0bd085b133f40a8804a814804f7dbe1',15,'PAT-SKILL','{"en":"Skills","fr":"Compétences","nl":"Vaardigheden"}','Ability for self-management','measuring, diet, language','offer of training -> INN','I can read my own values now.','patient behaviour','Recipients - capability');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','eaf0786c15d043a189075a738e971806','a0bd085b133f40a8804a814804f7dbe1',16,'PAT-ATT','{"en":"Attitude and preference","fr":"Attitude et préférences","nl":"Attitude en voorkeur"}','Beliefs, wishes, fears','free choice, preference for specialist, fear of insulin','professional''s view of own role -> PRO-ATT','I would rather see the specialist.','patient preferences','Recipients - motivation');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','eb3773906b4042e689d5e178b4645a30','a0bd085b133f40a8804a814804f7dbe1',17,'PAT-ADH','{"en":"Motivation and adherence","fr":"Motivation et observance","nl":"Motivatie en therapietrouw"}','Following up on agreed care','no-show, drop-out, lifestyle change','waiting lists -> ORG-PROC','Half of them do not come back.','patient motivation; behaviour','Recipients - motivation');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','4f307e66d87f46a1923f1a4a65266e58','a0bd085b133f40a8804a814804f7dbe1',18,'PAT-CIRC','{"en":"Circumstances and needs","fr":"Circonstances et besoins","nl":"Omstandigheden en noden"}','Life situation, multimorbidity, means','transport, poverty, co-illness','price set by system -> ECO-FIN','She cares for her husband.','patient needs','Recipients - need; opportunity');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','10bb9beef5004bee8c74c80d414fb373',NULL,19,'SOC','{"en":"Social context","fr":"Contexte social","nl":"Sociale context"}','','','','','Professional interactions','III Inner setting (relational); II Outer setting (partnerships)');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','b04a97f9907c45b2b543188bf4199776','10bb9beef5004bee8c74c80d414fb373',20,'SOC-OPIN','{"en":"Opinion of colleagues and key persons","fr":"Opinion des collègues et leaders","nl":"Mening van collega''s en sleutelfiguren"}','Influence of peers and opinion leaders','senior leaders backing, peer scepticism','own view -> PRO-ATT','The chair of our circle asked us to join.','communication and influence; influential people','Opinion leaders');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','5a86fd3cd2b945df8e89dcd8a28e38d7','10bb9beef5004bee8c74c80d414fb373',21,'SOC-CULT','{"en":"Culture of the network","fr":"Culture du réseau","nl":"Cultuur van het netwerk"}','Shared norms, history and trust','rivalry, earlier bad experiences with hospital initiatives','formal structure -> ORG-STRUC','After that open clinic nobody trusted the hospital.','team processes','Culture');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','456b5fee8856453caaa476e56f5da6d1','10bb9beef5004bee8c74c80d414fb373',22,'SOC-COLL','{"en":"Collaboration and communication","fr":"Collaboration et communication","nl":"Samenwerking en communicatie"}','Working and talking together across persons or disciplines','knowing each other, feedback between GP and educator','shared record system -> ORG-IT','She phoned me after every visit.','team processes; referral processes','Relational connections; Communications');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','3a9e3f58392a4be5b6f027bbb69a7538','10bb9beef5004bee8c74c80d414fb373',23,'SOC-LEAD','{"en":"Leadership","fr":"Leadership","nl":"Leiderschap"}','Steering, taking responsibility, giving direction','steering group authority, absent leadership','work of the project manager -> IMP-FACIL','The steering group kept it together.','capable leadership','High-level and mid-level leaders');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','2d9c193096b647ffbfa3b60b3b4dfb1a',NULL,24,'ORG','{"en":"Organisational context","fr":"Contexte organisationnel","nl":"Organisatorische context"}','','','','','Incentives and resources; Capacity for organisational change','III Inner setting');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','2d81ad813b8e4b9ea8f4b243109cdf61','2d9c193096b647ffbfa3b60b3b4dfb1a',25,'ORG-PROC','{"en":"Care processes","fr":"Processus de soins","nl":"Zorgprocessen"}','How care is arranged','appointments, task division, follow-up, referral path','programme''s own protocol content -> INN','Nobody plans the yearly check.','referral processes','Work infrastructure');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','6e86a70f1c8a4e8a919d661c6956132e','2d9c193096b647ffbfa3b60b3b4dfb1a',26,'ORG-STAFF','{"en":"Staff and time","fr":"Personnel et temps","nl":"Personeel en tijd"}','Available people and hours','single-handed practice, turnover, no secretary','burden of this programme''s forms -> INN-FEAS','I have no support staff at all.','availability of necessary resources','Available resources');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','776532a0f909440984922e58aadd866b','2d9c193096b647ffbfa3b60b3b4dfb1a',27,'ORG-CAP','{"en":"Capacity for change","fr":"Capacité de changement","nl":"Verandercapaciteit"}','Readiness and priorities of the organisation','competing projects, quality culture','individual motivation -> PRO-MOT','Three other projects start this month.','priority of necessary change','Relative priority; Tension for change');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','92fdb6bf5a074872a0e267bc8c84510f','2d9c193096b647ffbfa3b60b3b4dfb1a',28,'ORG-RES','{"en":"Material resources","fr":"Moyens matériels","nl":"Middelen"}','Space, equipment, tools, training supply','central location, educational material','funding decisions -> ECO-FUND','We had our own office in town.','availability of necessary resources; continuing education system','Space; Materials and equipment');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','463fa180c35f46fa9b2cbb9cfc5d7265','2d9c193096b647ffbfa3b60b3b4dfb1a',29,'ORG-IT','{"en":"Information systems and data","fr":"Systèmes d''information et données","nl":"Informatiesystemen en data"}','Records, registers, extraction, reminders','software cannot extract, no interoperability','work of copying by hand as felt load -> INN-FEAS (co-code allowed)','My software cannot list my diabetics.','information system','IT infrastructure');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','63c4f145d7e247bd95a053515c477d65','2d9c193096b647ffbfa3b60b3b4dfb1a',30,'ORG-STRUC','{"en":"Structures and commitment","fr":"Structures et engagement","nl":"Structuren en engagement"}','Formal structures, mandates, agreements','no commitment procedure, weakly organised primary care','law -> ECO-REG','The protocol was sent but nobody signed.','mandate, authority, accountability','Structural characteristics');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','0060ba87b484458da14de816057eeb22',NULL,31,'ECO','{"en":"Economic, political and administrative context","fr":"Contexte économique, politique et administratif","nl":"Economische, politieke en administratieve context"}','','','','','Social, political and legal factors; financial incentives','II Outer setting');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','1a6a79f064a64ac892b9cf6ee3538b50','0060ba87b484458da14de816057eeb22',32,'ECO-FIN','{"en":"Payment and incentives","fr":"Paiement et incitants","nl":"Betaling en prikkels"}','How care is paid','fee for service, bundled payment, co-payment','project money -> ECO-FUND','Nobody pays me for that meeting.','financial incentives and disincentives','Financing');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','58cb4cd701b64073bfc24b85f53b228e','0060ba87b484458da14de816057eeb22',33,'ECO-FUND','{"en":"Funding and sustainability","fr":"Financement et pérennité","nl":"Financiering en continuïteit"}','Certainty and length of programme money','pilot ends, search for alternative funding','tariffs -> ECO-FIN','Why start if it stops in June?','economic constraints; payer or funder policies','Financing');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','d253015529604ba493db5dba75c4a04e','0060ba87b484458da14de816057eeb22',34,'ECO-REG','{"en":"Laws and rules","fr":"Lois et règles","nl":"Wetten en regels"}','External rules on who may do what','task law, privacy, consent rules, professional acts','house rules -> ORG-STRUC','A nurse may not bill education.','legislation','Policies and laws');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','cfc3cef4a86744fba12e855fd005a7d0','0060ba87b484458da14de816057eeb22',35,'ECO-POL','{"en":"Policy and priorities","fr":"Politiques et priorités","nl":"Beleid en prioriteiten"}','Government plans, fragmentation of competences','pilots without follow-up, reform plans','local leadership -> SOC-LEAD','Everything stays a pilot here.','payer or funder policies; political stability','Policies and laws; External pressure');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','a809f6f981e4423d9dd2163b757d9be2',NULL,36,'IMP','{"en":"Implementation method","fr":"Méthode d''implémentation","nl":"Implementatiemethode"}','','','','','(no own domain; assistance for organisational change; monitoring and feedback)','V Implementation process');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','a820a4070a174f23b5044d296324cb50','a809f6f981e4423d9dd2163b757d9be2',37,'IMP-PART','{"en":"Participation and bottom-up work","fr":"Participation et démarche ascendante","nl":"Participatie en bottom-up"}','Involving users in building and deciding','study groups, needs survey','the resulting fit -> INN-ATTR','We were asked first, not told.','assistance for organisational changes','Engaging; Assessing needs');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','436b4ad4af884e6c9ed6d6fd2daf8d79','a809f6f981e4423d9dd2163b757d9be2',38,'IMP-FACIL','{"en":"Facilitation and project management","fr":"Facilitation et gestion de projet","nl":"Facilitatie en projectleiding"}','People paid or named to make it happen','programme manager, coach, visits','permanent new role in care -> INN or ORG-STAFF','Without the manager the groups would never meet.','assistance for clinicians','Implementation leads and facilitators');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','cf883fe3b4854f4da5a6f365e7749fe2','a809f6f981e4423d9dd2163b757d9be2',39,'IMP-COMM','{"en":"Information and promotion","fr":"Information et promotion","nl":"Informatie en promotie"}','How the change was made known','campaign, press, mailings, mixed messages','clarity of the programme itself -> INN-CPLX','I read it in the local paper.','communication and influence','Engaging');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','fc221ac7d2084cdf8253de5ba4e445a3','a809f6f981e4423d9dd2163b757d9be2',40,'IMP-EDUC','{"en":"Education and coaching","fr":"Formation et coaching","nl":"Opleiding en coaching"}','Training given to get the change in place','workshops, in-practice coaching, study day','lack of own skill -> PRO-KNOW','The coach''s questions set us moving.','continuing education system','Engaging deliverers');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','f7e738733bae4da7a2dab1ed1199b837','a809f6f981e4423d9dd2163b757d9be2',41,'IMP-FEED','{"en":"Audit and feedback","fr":"Audit et feedback","nl":"Audit en feedback"}','Measuring and returning results','regional audit, benchmark letter','software limits -> ORG-IT','The figures came two years later.','monitoring and feedback','Reflecting and evaluating');
INSERT INTO "code_revision" VALUES('40c61566099b45ce91e2e57f4eb0614c','8669d7a8fc9c4a0bb8aa7a39f45590a4','a809f6f981e4423d9dd2163b757d9be2',42,'IMP-PLAN','{"en":"Planning, pace and timing","fr":"Planification, rythme et calendrier","nl":"Planning, tempo en timing"}','Order, speed, priorities and moment','too many priorities, wrong moment, stepwise start','number of programme parts -> INN-CPLX','It came at the wrong time for us.','capacity to plan change','Planning; Adapting');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','0dcc3c6433bc4f1d8af259859b104709',NULL,0,'INN','{"en":"Innovation / programme","fr":"Innovation / programme","nl":"Innovatie / programma"}','','','','','Guideline factors','I Innovation');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','17fd8164daa2400fad31d343c51733d1','0dcc3c6433bc4f1d8af259859b104709',1,'INN-ADV','{"en":"Advantage in practice","fr":"Avantage en pratique","nl":"Voordeel in de praktijk"}','Perceived gain or loss of the programme compared with usual care','added value, relevance to felt needs, visible benefit','money -> ECO-FIN; evidence quality -> INN-CRED','The education programme gives my patients something I have no time for.','observability; expected fit','Relative advantage');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','2e227dcf97c043af9a8ac7aa434715c7','0dcc3c6433bc4f1d8af259859b104709',2,'INN-FEAS','{"en":"Feasibility and workload","fr":"Faisabilité et charge","nl":"Haalbaarheid en werklast"}','Effort the programme itself asks in daily work','forms, registration burden, time per case','lack of staff in general -> ORG-STAFF','Filling in ten paper forms made me stop.','feasibility; effort','Design; Compatibility');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','4194550637e54a9e8f08d3c00a05f110','0dcc3c6433bc4f1d8af259859b104709',3,'INN-CPLX','{"en":"Complexity and clarity","fr":"Complexité et clarté","nl":"Complexiteit en duidelijkheid"}','Number and entanglement of parts and how clear aims are','too many components, parts hampering each other, vague aims','poor explaining by the team -> IMP-COMM','Nobody could tell me what the project was exactly.','clarity','Complexity');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','60fe84522d9c4f318b60b3330ca882f9','0dcc3c6433bc4f1d8af259859b104709',4,'INN-CRED','{"en":"Credibility and evidence","fr":"Crédibilité et preuves","nl":"Geloofwaardigheid en evidentie"}','Trust in source, guideline or evidence','guideline quality, reputation of developers','trust in a colleague -> SOC-OPIN','It follows the national guideline, so I trust it.','quality of evidence; source','Source; Evidence base');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','6f519f9a72d046ce8f56876a3095fcd2','0dcc3c6433bc4f1d8af259859b104709',5,'INN-ATTR','{"en":"Attractiveness and adaptability","fr":"Attrait et adaptabilité","nl":"Aantrekkelijkheid en aanpasbaarheid"}','Appeal, fit and room to tailor to region or practice','respect for existing roles, tailoring, flexibility','who took part in tailoring -> IMP-PART','It left the GP in charge.','compatibility; cultural appropriateness','Adaptability; Design');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','b95dc3e11f684e3a9d434a46edc34845','0dcc3c6433bc4f1d8af259859b104709',6,'INN-ACC','{"en":"Accessibility","fr":"Accessibilité","nl":"Toegankelijkheid"}','Ease of reaching or using the service or tool','distance, opening hours, referral rule, cost to patient as entry rule','patient''s means of transport -> PAT-CIRC','The centre is twenty kilometres away.','accessibility of the intervention','Design');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','49c74d12c1394f39a78b9e2dd9df848d',NULL,7,'PRO','{"en":"Individual professional","fr":"Professionnel individuel","nl":"Individuele zorgverlener"}','','','','','Individual health professional factors','IV Individuals (deliverers)');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','570cbce9dd3740e79f7523190b6a3e46','49c74d12c1394f39a78b9e2dd9df848d',8,'PRO-AWARE','{"en":"Awareness","fr":"Sensibilisation","nl":"Bewustzijn"}','Knowing that the programme or problem exists','unaware of service, sees or denies a gap','skills -> PRO-KNOW','I did not know I could refer.','awareness and familiarity','Capability; Need');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','774383cc9800482dbea315c7f93cab04','49c74d12c1394f39a78b9e2dd9df848d',9,'PRO-KNOW','{"en":"Knowledge and skills","fr":"Connaissances et compétences","nl":"Kennis en vaardigheden"}','Ability to do what is asked','training level, confidence in skill','training supply -> ORG-RES or IMP-EDUC','I never started insulin myself.','domain knowledge; skills; self-efficacy','Capability');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','bf8ebf8ee060463e9e7b6150bd0a2226','49c74d12c1394f39a78b9e2dd9df848d',10,'PRO-ATT','{"en":"Attitude","fr":"Attitude","nl":"Attitude"}','Agreement or disagreement with the change and role beliefs','opinions on task shift, fear of losing patients as own belief','group norm -> SOC-CULT','Patients will be taken away from me.','agreement; emotions; expected outcome','Motivation');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','e16840b3565b444bb1a3203a56dcb18e','49c74d12c1394f39a78b9e2dd9df848d',11,'PRO-MOT','{"en":"Motivation to change","fr":"Motivation au changement","nl":"Veranderbereidheid"}','Willingness to invest effort','volunteering, fatigue with projects','payment -> ECO-FIN','We all wanted better diabetes care here.','intention and motivation','Motivation');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','4ba3d2c5072540ecb268b1958a50b6e3','49c74d12c1394f39a78b9e2dd9df848d',12,'PRO-ROUT','{"en":"Behavioural routines","fr":"Routines","nl":"Gedragsroutines"}','Habits that help or hinder','no tradition of working by protocol, old referral habits','practice organisation -> ORG-PROC','I always did it alone.','nature of the behaviour','Opportunity');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','a0bd085b133f40a8804a814804f7dbe1',NULL,13,'PAT','{"en":"Patient","fr":"Patient","nl":"Patiënt"}','','','','','Patient factors','IV Individuals (recipients)');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','92bcbf6bd7d04949bf90d60125f0c4a9','a0bd085b133f40a8804a814804f7dbe1',14,'PAT-KNOW','{"en":"Knowledge","fr":"Connaissances","nl":"Kennis"}','What patients know about condition or service','health literacy, unaware of programme','quality of information given -> IMP-COMM','I thought mild sugar was no illness.','patient beliefs and knowledge','Recipients - capability');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','7c3992b4bc7f48b3a733f70a69ccfc3a','a0bd085b133f40a8804a814804f7dbe1',15,'PAT-SKILL','{"en":"Skills","fr":"Compétences","nl":"Vaardigheden"}','Ability for self-management','measuring, diet, language','offer of training -> INN','I can read my own values now.','patient behaviour','Recipients - capability');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','eaf0786c15d043a189075a738e971806','a0bd085b133f40a8804a814804f7dbe1',16,'PAT-ATT','{"en":"Attitude and preference","fr":"Attitude et préférences","nl":"Attitude en voorkeur"}','Beliefs, wishes, fears','free choice, preference for specialist, fear of insulin','professional''s view of own role -> PRO-ATT','I would rather see the specialist.','patient preferences','Recipients - motivation');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','eb3773906b4042e689d5e178b4645a30','a0bd085b133f40a8804a814804f7dbe1',17,'PAT-ADH','{"en":"Motivation and adherence","fr":"Motivation et observance","nl":"Motivatie en therapietrouw"}','Following up on agreed care','no-show, drop-out, lifestyle change','waiting lists -> ORG-PROC','Half of them do not come back.','patient motivation; behaviour','Recipients - motivation');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','4f307e66d87f46a1923f1a4a65266e58','a0bd085b133f40a8804a814804f7dbe1',18,'PAT-CIRC','{"en":"Circumstances and needs","fr":"Circonstances et besoins","nl":"Omstandigheden en noden"}','Life situation, multimorbidity, means','transport, poverty, co-illness','price set by system -> ECO-FIN','She cares for her husband.','patient needs','Recipients - need; opportunity');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','10bb9beef5004bee8c74c80d414fb373',NULL,19,'SOC','{"en":"Social context","fr":"Contexte social","nl":"Sociale context"}','','','','','Professional interactions','III Inner setting (relational); II Outer setting (partnerships)');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','b04a97f9907c45b2b543188bf4199776','10bb9beef5004bee8c74c80d414fb373',20,'SOC-OPIN','{"en":"Opinion of colleagues and key persons","fr":"Opinion des collègues et leaders","nl":"Mening van collega''s en sleutelfiguren"}','Influence of peers and opinion leaders','senior leaders backing, peer scepticism','own view -> PRO-ATT','The chair of our circle asked us to join.','communication and influence; influential people','Opinion leaders');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','5a86fd3cd2b945df8e89dcd8a28e38d7','10bb9beef5004bee8c74c80d414fb373',21,'SOC-CULT','{"en":"Culture of the network","fr":"Culture du réseau","nl":"Cultuur van het netwerk"}','Shared norms, history and trust','rivalry, earlier bad experiences with hospital initiatives','formal structure -> ORG-STRUC','After that open clinic nobody trusted the hospital.','team processes','Culture');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','456b5fee8856453caaa476e56f5da6d1','10bb9beef5004bee8c74c80d414fb373',22,'SOC-COLL','{"en":"Collaboration and communication","fr":"Collaboration et communication","nl":"Samenwerking en communicatie"}','Working and talking together across persons or disciplines','knowing each other, feedback between GP and educator','shared record system -> ORG-IT','She phoned me after every visit.','team processes; referral processes','Relational connections; Communications');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','3a9e3f58392a4be5b6f027bbb69a7538','10bb9beef5004bee8c74c80d414fb373',23,'SOC-LEAD','{"en":"Leadership","fr":"Leadership","nl":"Leiderschap"}','Steering, taking responsibility, giving direction','steering group authority, absent leadership','work of the project manager -> IMP-FACIL','The steering group kept it together.','capable leadership','High-level and mid-level leaders');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','2d9c193096b647ffbfa3b60b3b4dfb1a',NULL,24,'ORG','{"en":"Organisational context","fr":"Contexte organisationnel","nl":"Organisatorische context"}','','','','','Incentives and resources; Capacity for organisational change','III Inner setting');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','2d81ad813b8e4b9ea8f4b243109cdf61','2d9c193096b647ffbfa3b60b3b4dfb1a',25,'ORG-PROC','{"en":"Care processes","fr":"Processus de soins","nl":"Zorgprocessen"}','How care is arranged','appointments, task division, follow-up, referral path','programme''s own protocol content -> INN','Nobody plans the yearly check.','referral processes','Work infrastructure');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','6e86a70f1c8a4e8a919d661c6956132e','2d9c193096b647ffbfa3b60b3b4dfb1a',26,'ORG-STAFF','{"en":"Staff and time","fr":"Personnel et temps","nl":"Personeel en tijd"}','Available people and hours','single-handed practice, turnover, no secretary','burden of this programme''s forms -> INN-FEAS','I have no support staff at all.','availability of necessary resources','Available resources');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','776532a0f909440984922e58aadd866b','2d9c193096b647ffbfa3b60b3b4dfb1a',27,'ORG-CAP','{"en":"Capacity for change","fr":"Capacité de changement","nl":"Verandercapaciteit"}','Readiness and priorities of the organisation','competing projects, quality culture','individual motivation -> PRO-MOT','Three other projects start this month.','priority of necessary change','Relative priority; Tension for change');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','92fdb6bf5a074872a0e267bc8c84510f','2d9c193096b647ffbfa3b60b3b4dfb1a',28,'ORG-RES','{"en":"Material resources","fr":"Moyens matériels","nl":"Middelen"}','Space, equipment, tools, training supply','central location, educational material','funding decisions -> ECO-FUND','We had our own office in town.','availability of necessary resources; continuing education system','Space; Materials and equipment');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','463fa180c35f46fa9b2cbb9cfc5d7265','2d9c193096b647ffbfa3b60b3b4dfb1a',29,'ORG-IT','{"en":"Information systems and data","fr":"Systèmes d''information et données","nl":"Informatiesystemen en data"}','Records, registers, extraction, reminders','software cannot extract, no interoperability','work of copying by hand as felt load -> INN-FEAS (co-code allowed)','My software cannot list my diabetics.','information system','IT infrastructure');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','63c4f145d7e247bd95a053515c477d65','2d9c193096b647ffbfa3b60b3b4dfb1a',30,'ORG-STRUC','{"en":"Structures and commitment","fr":"Structures et engagement","nl":"Structuren en engagement"}','Formal structures, mandates, agreements','no commitment procedure, weakly organised primary care','law -> ECO-REG','The protocol was sent but nobody signed.','mandate, authority, accountability','Structural characteristics');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','0060ba87b484458da14de816057eeb22',NULL,31,'ECO','{"en":"Economic, political and administrative context","fr":"Contexte économique, politique et administratif","nl":"Economische, politieke en administratieve context"}','','','','','Social, political and legal factors; financial incentives','II Outer setting');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','1a6a79f064a64ac892b9cf6ee3538b50','0060ba87b484458da14de816057eeb22',32,'ECO-FIN','{"en":"Payment and incentives","fr":"Paiement et incitants","nl":"Betaling en prikkels"}','How care is paid','fee for service, bundled payment, co-payment','project money -> ECO-FUND','Nobody pays me for that meeting.','financial incentives and disincentives','Financing');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','58cb4cd701b64073bfc24b85f53b228e','0060ba87b484458da14de816057eeb22',33,'ECO-FUND','{"en":"Money","fr":"Financement et pérennité","nl":"Financiering en continuïteit"}','Certainty and length of programme money','pilot ends, search for alternative funding','tariffs -> ECO-FIN','Why start if it stops in June?','economic constraints; payer or funder policies','Financing');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','d253015529604ba493db5dba75c4a04e','0060ba87b484458da14de816057eeb22',34,'ECO-REG','{"en":"Laws and rules","fr":"Lois et règles","nl":"Wetten en regels"}','External rules on who may do what','task law, privacy, consent rules, professional acts','house rules -> ORG-STRUC','A nurse may not bill education.','legislation','Policies and laws');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','cfc3cef4a86744fba12e855fd005a7d0','0060ba87b484458da14de816057eeb22',35,'ECO-POL','{"en":"Policy and priorities","fr":"Politiques et priorités","nl":"Beleid en prioriteiten"}','Government plans, fragmentation of competences','pilots without follow-up, reform plans','local leadership -> SOC-LEAD','Everything stays a pilot here.','payer or funder policies; political stability','Policies and laws; External pressure');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','a809f6f981e4423d9dd2163b757d9be2',NULL,36,'IMP','{"en":"Implementation method","fr":"Méthode d''implémentation","nl":"Implementatiemethode"}','','','','','(no own domain; assistance for organisational change; monitoring and feedback)','V Implementation process');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','a820a4070a174f23b5044d296324cb50','a809f6f981e4423d9dd2163b757d9be2',37,'IMP-PART','{"en":"Participation and bottom-up work","fr":"Participation et démarche ascendante","nl":"Participatie en bottom-up"}','Involving users in building and deciding','study groups, needs survey','the resulting fit -> INN-ATTR','We were asked first, not told.','assistance for organisational changes','Engaging; Assessing needs');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','436b4ad4af884e6c9ed6d6fd2daf8d79','a809f6f981e4423d9dd2163b757d9be2',38,'IMP-FACIL','{"en":"Facilitation and project management","fr":"Facilitation et gestion de projet","nl":"Facilitatie en projectleiding"}','People paid or named to make it happen','programme manager, coach, visits','permanent new role in care -> INN or ORG-STAFF','Without the manager the groups would never meet.','assistance for clinicians','Implementation leads and facilitators');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','cf883fe3b4854f4da5a6f365e7749fe2','a809f6f981e4423d9dd2163b757d9be2',39,'IMP-COMM','{"en":"Information and promotion","fr":"Information et promotion","nl":"Informatie en promotie"}','How the change was made known','campaign, press, mailings, mixed messages','clarity of the programme itself -> INN-CPLX','I read it in the local paper.','communication and influence','Engaging');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','fc221ac7d2084cdf8253de5ba4e445a3','a809f6f981e4423d9dd2163b757d9be2',40,'IMP-EDUC','{"en":"Education and coaching","fr":"Formation et coaching","nl":"Opleiding en coaching"}','Training given to get the change in place','workshops, in-practice coaching, study day','lack of own skill -> PRO-KNOW','The coach''s questions set us moving.','continuing education system','Engaging deliverers');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','f7e738733bae4da7a2dab1ed1199b837','a809f6f981e4423d9dd2163b757d9be2',41,'IMP-FEED','{"en":"Audit and feedback","fr":"Audit et feedback","nl":"Audit en feedback"}','Measuring and returning results','regional audit, benchmark letter','software limits -> ORG-IT','The figures came two years later.','monitoring and feedback','Reflecting and evaluating');
INSERT INTO "code_revision" VALUES('a0a77496076c46f2988e713cb7edaa47','8669d7a8fc9c4a0bb8aa7a39f45590a4','a809f6f981e4423d9dd2163b757d9be2',42,'IMP-PLAN','{"en":"Planning, pace and timing","fr":"Planification, rythme et calendrier","nl":"Planning, tempo en timing"}','Order, speed, priorities and moment','too many priorities, wrong moment, stepwise start','number of programme parts -> INN-CPLX','It came at the wrong time for us.','capacity to plan change','Planning; Adapting');
CREATE TABLE codebook (
	id CHAR(32) NOT NULL, 
	study_id CHAR(32) NOT NULL, 
	name TEXT NOT NULL, 
	created_event INTEGER NOT NULL, 
	CONSTRAINT pk_codebook PRIMARY KEY (id), 
	CONSTRAINT fk_codebook_study_id FOREIGN KEY(study_id) REFERENCES study (id)
);
INSERT INTO "codebook" VALUES('d89559348ba247bcad8c18510e32dad4','bd539b6499774a0d8a1c9361af894307','grol-wensing-starter',4);
CREATE TABLE codebook_version (
	id CHAR(32) NOT NULL, 
	study_id CHAR(32) NOT NULL, 
	codebook_id CHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	rules TEXT NOT NULL, 
	rollups TEXT NOT NULL, 
	created_event INTEGER NOT NULL, 
	CONSTRAINT pk_codebook_version PRIMARY KEY (id), 
	CONSTRAINT fk_codebook_version_codebook_id FOREIGN KEY(codebook_id) REFERENCES codebook (id), 
	CONSTRAINT fk_codebook_version_study_id FOREIGN KEY(study_id) REFERENCES study (id), 
	CONSTRAINT uq_codebook_version_codebook_id_number UNIQUE (codebook_id, number)
);
INSERT INTO "codebook_version" VALUES('40c61566099b45ce91e2e57f4eb0614c','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',1,'["Code the determinant, not the outcome of care.","If two levels compete, ask who or what would have to change; code that level. Double-coding two levels needs a memo.","Content that goes on after the project ends is INN; effort made only to get it in place is IMP.","A person''s own knowledge or motive is PRO or PAT; what peers expect of each other is SOC; what is arranged is ORG; what is paid or ruled from outside is ECO."]','{"aalst":{"econ_admin_org":["ORG","ECO"],"method":["IMP"],"patients":["PAT"],"professionals":["PRO"],"programme":["INN"],"social":["SOC"]}}',4);
INSERT INTO "codebook_version" VALUES('a0a77496076c46f2988e713cb7edaa47','bd539b6499774a0d8a1c9361af894307','d89559348ba247bcad8c18510e32dad4',2,'["Code the determinant, not the outcome of care.","If two levels compete, ask who or what would have to change; code that level. Double-coding two levels needs a memo.","Content that goes on after the project ends is INN; effort made only to get it in place is IMP.","A person''s own knowledge or motive is PRO or PAT; what peers expect of each other is SOC; what is arranged is ORG; what is paid or ruled from outside is ECO."]','{"aalst":{"econ_admin_org":["ORG","ECO"],"method":["IMP"],"patients":["PAT"],"professionals":["PRO"],"programme":["INN"],"social":["SOC"]}}',16);
CREATE TABLE coding (
	id CHAR(32) NOT NULL, 
	lineage_id CHAR(32) NOT NULL, 
	study_id CHAR(32) NOT NULL, 
	document_version_id CHAR(32) NOT NULL, 
	coder_id CHAR(32) NOT NULL, 
	code_id CHAR(32) NOT NULL, 
	codebook_version_id CHAR(32) NOT NULL, 
	coding_round_id CHAR(32), 
	start_char INTEGER NOT NULL, 
	end_char INTEGER NOT NULL, 
	quote TEXT NOT NULL, 
	prefix TEXT NOT NULL, 
	suffix TEXT NOT NULL, 
	valence TEXT, 
	created_event INTEGER NOT NULL, 
	retired_event INTEGER, 
	CONSTRAINT pk_coding PRIMARY KEY (id), 
	CONSTRAINT ck_coding_valence CHECK (valence IN ('facilitator', 'barrier', 'mixed', 'neutral')), 
	CONSTRAINT ck_coding_span CHECK (start_char >= 0 AND end_char > start_char), 
	CONSTRAINT fk_coding_code_id FOREIGN KEY(code_id) REFERENCES code (id), 
	CONSTRAINT fk_coding_codebook_version_id FOREIGN KEY(codebook_version_id) REFERENCES codebook_version (id), 
	CONSTRAINT fk_coding_coder_id FOREIGN KEY(coder_id) REFERENCES member (id), 
	CONSTRAINT fk_coding_coding_round_id FOREIGN KEY(coding_round_id) REFERENCES coding_round (id), 
	CONSTRAINT fk_coding_document_version_id FOREIGN KEY(document_version_id) REFERENCES document_version (id), 
	CONSTRAINT fk_coding_study_id FOREIGN KEY(study_id) REFERENCES study (id)
);
INSERT INTO "coding" VALUES('00000000000040008000000000000001','00000000000040008000000000000001','bd539b6499774a0d8a1c9361af894307','04833f90ac6749948794e4fde6be687b','7cf953a0e0eb42a5b6fbafd82da250fd','58cb4cd701b64073bfc24b85f53b228e','40c61566099b45ce91e2e57f4eb0614c',NULL,36,43,'money 😀','ing

The GP wants to start, and ',' is there.
','facilitator',7,8);
INSERT INTO "coding" VALUES('00000000000040008000000000000002','00000000000040008000000000000001','bd539b6499774a0d8a1c9361af894307','04833f90ac6749948794e4fde6be687b','7cf953a0e0eb42a5b6fbafd82da250fd','58cb4cd701b64073bfc24b85f53b228e','40c61566099b45ce91e2e57f4eb0614c',NULL,36,43,'money 😀','ing

The GP wants to start, and ',' is there.
','mixed',8,NULL);
CREATE TABLE coding_round (
	id CHAR(32) NOT NULL, 
	study_id CHAR(32) NOT NULL, 
	codebook_version_id CHAR(32) NOT NULL, 
	name TEXT NOT NULL, 
	blind BOOLEAN NOT NULL, 
	created_event INTEGER NOT NULL, 
	CONSTRAINT pk_coding_round PRIMARY KEY (id), 
	CONSTRAINT fk_coding_round_codebook_version_id FOREIGN KEY(codebook_version_id) REFERENCES codebook_version (id), 
	CONSTRAINT fk_coding_round_study_id FOREIGN KEY(study_id) REFERENCES study (id), 
	CONSTRAINT uq_coding_round_study_id_name UNIQUE (study_id, name)
);
INSERT INTO "coding_round" VALUES('8ef4152cb5084e6c9ac4c6838382ed22','bd539b6499774a0d8a1c9361af894307','40c61566099b45ce91e2e57f4eb0614c','One',1,10);
CREATE TABLE document (
	id CHAR(32) NOT NULL, 
	study_id CHAR(32) NOT NULL, 
	source_id CHAR(32) NOT NULL, 
	title TEXT NOT NULL, 
	date DATE, 
	language TEXT, 
	raw_sha256 TEXT NOT NULL, 
	created_event INTEGER NOT NULL, 
	retired_event INTEGER, 
	CONSTRAINT pk_document PRIMARY KEY (id), 
	CONSTRAINT fk_document_source_id FOREIGN KEY(source_id) REFERENCES source (id), 
	CONSTRAINT fk_document_study_id FOREIGN KEY(study_id) REFERENCES study (id), 
	CONSTRAINT uq_document_study_id_raw_sha256 UNIQUE (study_id, raw_sha256)
);
INSERT INTO "document" VALUES('aeedf3292e9c4737a52af7438f03070b','bd539b6499774a0d8a1c9361af894307','2fd6edfd72314af58c31efb147b8c3c8','Report',NULL,'en','0000000000000000000000000000000000000000000000000000000000000000',6,NULL);
CREATE TABLE document_attribute (
	document_id CHAR(32) NOT NULL, 
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_document_attribute PRIMARY KEY (document_id, name), 
	CONSTRAINT fk_document_attribute_document_id FOREIGN KEY(document_id) REFERENCES document (id)
);
INSERT INTO "document_attribute" VALUES('aeedf3292e9c4737a52af7438f03070b','place','Aalst');
CREATE TABLE document_version (
	id CHAR(32) NOT NULL, 
	study_id CHAR(32) NOT NULL, 
	document_id CHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	text_sha256 TEXT NOT NULL, 
	characters INTEGER NOT NULL, 
	words INTEGER NOT NULL, 
	created_event INTEGER NOT NULL, 
	CONSTRAINT pk_document_version PRIMARY KEY (id), 
	CONSTRAINT fk_document_version_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_document_version_study_id FOREIGN KEY(study_id) REFERENCES study (id), 
	CONSTRAINT uq_document_version_document_id_number UNIQUE (document_id, number)
);
INSERT INTO "document_version" VALUES('04833f90ac6749948794e4fde6be687b','bd539b6499774a0d8a1c9361af894307','aeedf3292e9c4737a52af7438f03070b',1,'Funding

The GP wants to start, and money 😀 is there.
','825f707cdd3b0b388425766962b0d11992e7244cfd399779e5a7f7b1bce5eca6',54,11,6);
CREATE TABLE event (
	study_id CHAR(32) NOT NULL, 
	seq INTEGER NOT NULL, 
	operation_id CHAR(32) NOT NULL, 
	at TEXT NOT NULL, 
	actor_id CHAR(32) NOT NULL, 
	action TEXT NOT NULL, 
	entity TEXT NOT NULL, 
	entity_id CHAR(32) NOT NULL, 
	detail TEXT NOT NULL, 
	rows_hmac TEXT NOT NULL, 
	reason_hmac TEXT, 
	app_version TEXT NOT NULL, 
	previous TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_event PRIMARY KEY (study_id, seq), 
	CONSTRAINT fk_event_study_id FOREIGN KEY(study_id) REFERENCES study (id), 
	CONSTRAINT uq_event_operation_id UNIQUE (operation_id)
);
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',1,'a59bfeffede847abbafeb5913dd08dec','2026-11-21T21:33:48.871021+00:00','7e8c6c46b4a24f74901ea63a2abca7b3','study.create','study','bd539b6499774a0d8a1c9361af894307','{}','7449502518fb274370e7394506f8d405fac9e8c2a650e6b22c5234b6ca849311',NULL,'0.1.0','0000000000000000000000000000000000000000000000000000000000000000','08ac5c587fc7c5c8d0cef10edbde8d4212f248d41465278e16ad15c5789f46f8');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',2,'938309dd1fbf41559d656046a1fa779f','2026-11-21T21:33:48.879360+00:00','7e8c6c46b4a24f74901ea63a2abca7b3','member.add','member','7cf953a0e0eb42a5b6fbafd82da250fd','{"role":"researcher"}','193d9d0eb58465a49f72fb90fd75b8f4bfc0a616b944af82a38a9994e40a5b2e',NULL,'0.1.0','08ac5c587fc7c5c8d0cef10edbde8d4212f248d41465278e16ad15c5789f46f8','e1cefb5295642853fe1a499e272e7fa11c7045e7c2b3708d7f89d4e6423c67f2');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',3,'8b210b1e83d3419a9486801321bf5cf5','2026-11-21T21:33:48.882626+00:00','7e8c6c46b4a24f74901ea63a2abca7b3','member.add','member','9131b067d2cc440d98c6add004e9eb0b','{"role":"researcher"}','4c9a3ca249f9a02e0a196539055c9131626c34836caf5cd7b2cc76847811e4c0',NULL,'0.1.0','e1cefb5295642853fe1a499e272e7fa11c7045e7c2b3708d7f89d4e6423c67f2','df0d5403743b2dae8afea03dcca7dd975077007601792852def751d4873d2218');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',4,'a220dbcc7a934819a5fa0118b8e8f135','2026-11-21T21:33:48.920929+00:00','7e8c6c46b4a24f74901ea63a2abca7b3','codebook.load','codebook_version','40c61566099b45ce91e2e57f4eb0614c','{"codes":43,"version":1}','9b37ef1c6f211da421b94b48fb2a3ab177e9ba8ea77eb10a6488f4c7300eb14c',NULL,'0.1.0','df0d5403743b2dae8afea03dcca7dd975077007601792852def751d4873d2218','618325f09adf711765f35165fca0377768b079dabd035e6a523447f7385f61fb');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',5,'0b3322f602094bb28317a9172ed28c2f','2026-11-21T21:33:48.923748+00:00','7e8c6c46b4a24f74901ea63a2abca7b3','source.add','source','2fd6edfd72314af58c31efb147b8c3c8','{}','1563f8e5ad1bf3fd91aebbb4e809469728711eeb8e1710a5da569bbaeb7ae4eb',NULL,'0.1.0','618325f09adf711765f35165fca0377768b079dabd035e6a523447f7385f61fb','63d55bd53a3364ba279531fa3c78247bd9303e1ced4d1fda3c0862a0aaf7eb4c');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',6,'2d69340e0076403aa7530ab84c5ea9c9','2026-11-21T21:33:48.928009+00:00','7e8c6c46b4a24f74901ea63a2abca7b3','document.import','document','aeedf3292e9c4737a52af7438f03070b','{}','74aef9c85bc830036546ea847e5fcfcfb47fb6b6861300ed1d239cbcb5f1b07b',NULL,'0.1.0','63d55bd53a3364ba279531fa3c78247bd9303e1ced4d1fda3c0862a0aaf7eb4c','c28b848250549e5d1c2986817afe87ae19973de8f15171bfc3a5abdd2d220adc');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',7,'00000000000040008000000000000001','2026-11-21T21:33:48.982496+00:00','7cf953a0e0eb42a5b6fbafd82da250fd','coding.apply','coding','00000000000040008000000000000001','{"code":"58cb4cd701b64073bfc24b85f53b228e","coder":"7cf953a0e0eb42a5b6fbafd82da250fd","span":[36,43],"valence":"facilitator","version":"04833f90ac6749948794e4fde6be687b"}','28754645c34aabcdd4074da026b2745de87c79cb06e594ef53a7216108ce0632',NULL,'0.1.0','c28b848250549e5d1c2986817afe87ae19973de8f15171bfc3a5abdd2d220adc','38962c3629c5dde0f4981bd736f74da0b1a3481fb6a646f32948377e64d8e9da');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',8,'00000000000040008000000000000002','2026-11-21T21:33:48.986193+00:00','7cf953a0e0eb42a5b6fbafd82da250fd','coding.change','coding','00000000000040008000000000000002','{"code":"58cb4cd701b64073bfc24b85f53b228e","retired":["00000000000040008000000000000001"],"valence":"mixed","version":"04833f90ac6749948794e4fde6be687b"}','ecfb8b4e87455cf57c2a5fc99f02f302341cc68564acc6d56bb856c7b4b87abf',NULL,'0.1.0','38962c3629c5dde0f4981bd736f74da0b1a3481fb6a646f32948377e64d8e9da','2e21edfef49038dfb83eec2595025beb3ea0344995171c71eda3c6bd5f2e0687');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',9,'00000000000040008000000000000003','2026-11-21T21:33:48.989412+00:00','7cf953a0e0eb42a5b6fbafd82da250fd','memo.write','memo','0efc9f964a4c4b94bc3a55c51c3758d7','{"coding":"00000000000040008000000000000002","version":"04833f90ac6749948794e4fde6be687b"}','aac2a8e938f4ec436d693c78867b752cc5193aa96499a0e8e8ea47af3f24da95',NULL,'0.1.0','2e21edfef49038dfb83eec2595025beb3ea0344995171c71eda3c6bd5f2e0687','52f42544ee38171e179ff411454be0f4268e712a6968af64e496172895f667b6');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',10,'90b2c06cb27f4f95af568bbe18a38c27','2026-11-21T21:33:49.013749+00:00','7e8c6c46b4a24f74901ea63a2abca7b3','round.open','coding_round','8ef4152cb5084e6c9ac4c6838382ed22','{"blind":true,"coders":2,"documents":1}','af9a217729f9e5a210aefa9d177dfd912345599529fe1550b34fb62f7d8f5eba',NULL,'0.1.0','52f42544ee38171e179ff411454be0f4268e712a6968af64e496172895f667b6','5cef6246221856afe2a17a785a82ca34c42e0faf8f2998568abeb669e3bf887a');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',11,'354ca86890594b9f811d0239ad0acc2b','2026-11-21T21:33:49.028473+00:00','7cf953a0e0eb42a5b6fbafd82da250fd','document.finish','finished','36f188c831a54e478712fdac1da08702','{"round":"8ef4152cb5084e6c9ac4c6838382ed22","version":"04833f90ac6749948794e4fde6be687b"}','3c3d9ba5a2df36b70c197bb892b7b6b07b776812ecb1443f8ef550270fb4ddf0',NULL,'0.1.0','5cef6246221856afe2a17a785a82ca34c42e0faf8f2998568abeb669e3bf887a','b02e2ab1b89b91a81a4516cb2e2ad5ef7085e111ac2621916619dea5a0ea3cd9');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',12,'82355739139e44ce8bb66c2d9cf8f898','2026-11-21T21:33:49.037677+00:00','9131b067d2cc440d98c6add004e9eb0b','document.finish','finished','0d274ae0a2514b5a9c7f5e9a5b519088','{"round":"8ef4152cb5084e6c9ac4c6838382ed22","version":"04833f90ac6749948794e4fde6be687b"}','93286a069f0cc3f29996dd987865c7093d45c15e90a003d51bb1ebbddbde7d8b',NULL,'0.1.0','b02e2ab1b89b91a81a4516cb2e2ad5ef7085e111ac2621916619dea5a0ea3cd9','29e7b65960f3e1c7f79809c0f2a5262ac0b33856cbce5869282af103b45cdf91');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',13,'8673364b73624d6996745408497fbbc7','2026-11-21T21:33:49.046731+00:00','7e8c6c46b4a24f74901ea63a2abca7b3','document.reopen','finished','0d274ae0a2514b5a9c7f5e9a5b519088','{"retired":["0d274ae0a2514b5a9c7f5e9a5b519088"],"round":"8ef4152cb5084e6c9ac4c6838382ed22","version":"04833f90ac6749948794e4fde6be687b"}','90e23d13fd514fbb25ca200a18fe89030fd4f0e054c7de06145c56e432ae68f5','11a5c7d920d6a7e0cf3caaf298197f87c777323c2ac3b3d6df62cd2be65af9f6','0.1.0','29e7b65960f3e1c7f79809c0f2a5262ac0b33856cbce5869282af103b45cdf91','4f6fdf7a419012e9e07c7f109a5dda12ccf960a87a8dd077153dc84de30c0bb1');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',14,'6a12276faea3472587f79a0594c37dc1','2026-11-21T21:33:49.052228+00:00','9131b067d2cc440d98c6add004e9eb0b','document.finish','finished','ab72e3dfe4b24e4cbe02cb3b1997e333','{"round":"8ef4152cb5084e6c9ac4c6838382ed22","version":"04833f90ac6749948794e4fde6be687b"}','2ae332fd2f1d3294cda512e9159aff315843808408a72daf3beaee5e8cb7d018',NULL,'0.1.0','4f6fdf7a419012e9e07c7f109a5dda12ccf960a87a8dd077153dc84de30c0bb1','202784b68fe0bf5e89ab6876fcbd8a40df0d650995cb5ad6f6f497e50e17b60f');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',15,'3a0da642a35c4490a1406942afb362ca','2026-11-21T21:33:49.058557+00:00','7e8c6c46b4a24f74901ea63a2abca7b3','round.reveal','reveal','2eefb43b788744e999b0f4cb460a5e70','{"round":"8ef4152cb5084e6c9ac4c6838382ed22"}','2cc6bd1ecadc029629ca5f5c9a92f05072a12cc116dc871c719415d816f07016',NULL,'0.1.0','202784b68fe0bf5e89ab6876fcbd8a40df0d650995cb5ad6f6f497e50e17b60f','c680a2940d5b59f125e6979a3e462ca7625b00b3ce2814e456d1e42998432080');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',16,'fbae59452047446bb8c98baae13fdd53','2026-11-21T21:33:49.065462+00:00','7e8c6c46b4a24f74901ea63a2abca7b3','codebook.change','codebook_version','a0a77496076c46f2988e713cb7edaa47','{"codes":43,"version":2}','ad4d6686f150a3c3f952da649de38b4669fa7eb4793bbd357b409f1937fd6a93','963fa1d68363609cd70fd7993dd1cee709cf72392cdf05e673b68fee9ff655c3','0.1.0','c680a2940d5b59f125e6979a3e462ca7625b00b3ce2814e456d1e42998432080','d55a66a7959b72b342a58f8f646d3a59270ba013de6f78536b3a5930f83e99bf');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',17,'50d1cfc973f44c1782255a3701baa551','2026-11-21T21:33:49.070966+00:00','7e8c6c46b4a24f74901ea63a2abca7b3','source.add','source','6592846a617546658100ac9eeada1283','{}','e7922df2a188a637211804f497a5dfc223134cf7bbe2d267435917545c6c2c72',NULL,'0.1.0','d55a66a7959b72b342a58f8f646d3a59270ba013de6f78536b3a5930f83e99bf','55ba447b4d7d39ecc67c7642c75370978a1f9613d89c64e2aeb74e39c97dcba7');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',18,'413d78d5bcc141e1acfa06fddeea6c65','2026-11-21T21:33:49.076915+00:00','7cf953a0e0eb42a5b6fbafd82da250fd','row.add','matrix_row','1f2a874b75534f858ece8dd0e0f2b54c','{}','8015c62f4e595a764090c0bb0c56c99364e6039e9caebdb72eb85dbcebb8e932',NULL,'0.1.0','55ba447b4d7d39ecc67c7642c75370978a1f9613d89c64e2aeb74e39c97dcba7','00f86f3c86d3ff1511de3638c8c97eca0d3e8760ed9a8eb2c1acc599579f285b');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',19,'5eb3e38bea6c42a6bb9ba6267ae77306','2026-11-21T21:33:49.078817+00:00','7cf953a0e0eb42a5b6fbafd82da250fd','finding.add','finding','731e56fb79b64973ae3157d60fa087f9','{"excerpts":0,"row":"1f2a874b75534f858ece8dd0e0f2b54c","source":"2fd6edfd72314af58c31efb147b8c3c8"}','59d27f3d348b536d44ec0b42dcf45b534f68bb6b5f19e33595b415c14b39aea2',NULL,'0.1.0','00f86f3c86d3ff1511de3638c8c97eca0d3e8760ed9a8eb2c1acc599579f285b','1b1c0b463d7560b00d0addea7fd1dd415d818e6b6f816f4f635f1479675cb750');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',20,'e197167e2b5f439eb6230c05944fb7b7','2026-11-21T21:33:52.039083+00:00','7cf953a0e0eb42a5b6fbafd82da250fd','existence.judge','existence','865b27bb22374367af6d1c7a7cbd10a5','{"matrix_row_id":"1f2a874b75534f858ece8dd0e0f2b54c","researcher_id":"7cf953a0e0eb42a5b6fbafd82da250fd","source_id":"6592846a617546658100ac9eeada1283"}','d5a6cd171a1517834dea1a05c3ddfd158e638cb6e2b1215f1f7e2a50311541d6',NULL,'0.1.0','1b1c0b463d7560b00d0addea7fd1dd415d818e6b6f816f4f635f1479675cb750','38b67a0bf8fd2776bd059b59d9bf5d17416b2833fcb6af633440f4c75f600196');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',21,'897b2f9c8a184d5cad6d1e2153b3c07d','2026-11-21T21:33:52.098710+00:00','7cf953a0e0eb42a5b6fbafd82da250fd','pair.judge','judgement','4cba1bce1dbc47d29d6a6174158340e3','{"matrix_row_id":"1f2a874b75534f858ece8dd0e0f2b54c","researcher_id":"7cf953a0e0eb42a5b6fbafd82da250fd","source_a_id":"6592846a617546658100ac9eeada1283","source_b_id":"2fd6edfd72314af58c31efb147b8c3c8"}','e5c468de8eee955f0f06cc24ace75e5a8bb1baf2d43e93ecb50eb43e8b75936f',NULL,'0.1.0','38b67a0bf8fd2776bd059b59d9bf5d17416b2833fcb6af633440f4c75f600196','fdb6500c9daa0c82eda435233a1a1f14cccc936e0a2939b188d9be429359a8a8');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',22,'6cfd3d6a792f43db93f55ed1a5fe6597','2026-11-21T21:33:52.108711+00:00','7cf953a0e0eb42a5b6fbafd82da250fd','judgements.lock','judgements_locked','a135b90c441840efb2b1621e1150356f','{}','dabb98f4312d4444e5660d21b43d7446a2b92b20bfe15bce33ee9453e9b9ea0f',NULL,'0.1.0','fdb6500c9daa0c82eda435233a1a1f14cccc936e0a2939b188d9be429359a8a8','6c19ca011d7231d095b15a7a7ede104654407fbc536427e6e674925556ee8746');
INSERT INTO "event" VALUES('bd539b6499774a0d8a1c9361af894307',23,'f5d3b343431442ef9ee690e3d07e443d','2026-11-21T21:33:52.116979+00:00','7e8c6c46b4a24f74901ea63a2abca7b3','rule.choose','protocol','c3d7b222685341ad9830d4f548c205e5','{}','346e7620511544e1caf8bdc7df41a153b748e8faf0f24e1d77136d212723ce94','8009f8b38f37dfd808f1143b5bd16f05fe5e267e510443840b78b65b520c6844','0.1.0','6c19ca011d7231d095b15a7a7ede104654407fbc536427e6e674925556ee8746','95da1190c35a1723dd83de9d4ddc64006638ed730234c039e01a69eee7be098a');
CREATE TABLE event_reason (
	study_id CHAR(32) NOT NULL, 
	seq INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_event_reason PRIMARY KEY (study_id, seq), 
	CONSTRAINT fk_event_reason_study_id_seq FOREIGN KEY(study_id, seq) REFERENCES event (study_id, seq)
);
INSERT INTO "event_reason" VALUES('bd539b6499774a0d8a1c9361af894307',13,'a passage was missed');
INSERT INTO "event_reason" VALUES('bd539b6499774a0d8a1c9361af894307',16,'shorter');
INSERT INTO "event_reason" VALUES('bd539b6499774a0d8a1c9361af894307',23,'parts are rarely told');
CREATE TABLE existence (
	id CHAR(32) NOT NULL, 
	study_id CHAR(32) NOT NULL, 
	matrix_row_id CHAR(32) NOT NULL, 
	source_id CHAR(32) NOT NULL, 
	researcher_id CHAR(32) NOT NULL, 
	speaks BOOLEAN NOT NULL, 
	created_event INTEGER NOT NULL, 
	retired_event INTEGER, 
	CONSTRAINT pk_existence PRIMARY KEY (id), 
	CONSTRAINT fk_existence_matrix_row_id FOREIGN KEY(matrix_row_id) REFERENCES matrix_row (id), 
	CONSTRAINT fk_existence_researcher_id FOREIGN KEY(researcher_id) REFERENCES member (id), 
	CONSTRAINT fk_existence_source_id FOREIGN KEY(source_id) REFERENCES source (id), 
	CONSTRAINT fk_existence_study_id FOREIGN KEY(study_id) REFERENCES study (id)
);
INSERT INTO "existence" VALUES('865b27bb22374367af6d1c7a7cbd10a5','bd539b6499774a0d8a1c9361af894307','1f2a874b75534f858ece8dd0e0f2b54c','6592846a617546658100ac9eeada1283','7cf953a0e0eb42a5b6fbafd82da250fd',1,20,NULL);
CREATE TABLE finding (
	id CHAR(32) NOT NULL, 
	study_id CHAR(32) NOT NULL, 
	source_id CHAR(32) NOT NULL, 
	matrix_row_id CHAR(32) NOT NULL, 
	researcher_id CHAR(32), 
	statement TEXT NOT NULL, 
	valence TEXT, 
	prominence TEXT, 
	coverage TEXT DEFAULT '' NOT NULL, 
	importance TEXT, 
	created_event INTEGER NOT NULL, 
	retired_event INTEGER, 
	CONSTRAINT pk_finding PRIMARY KEY (id), 
	CONSTRAINT fk_finding_matrix_row_id FOREIGN KEY(matrix_row_id) REFERENCES matrix_row (id), 
	CONSTRAINT fk_finding_researcher_id FOREIGN KEY(researcher_id) REFERENCES member (id), 
	CONSTRAINT fk_finding_source_id FOREIGN KEY(source_id) REFERENCES source (id), 
	CONSTRAINT fk_finding_study_id FOREIGN KEY(study_id) REFERENCES study (id)
);
INSERT INTO "finding" VALUES('731e56fb79b64973ae3157d60fa087f9','bd539b6499774a0d8a1c9361af894307','2fd6edfd72314af58c31efb147b8c3c8','1f2a874b75534f858ece8dd0e0f2b54c','7cf953a0e0eb42a5b6fbafd82da250fd','Money is there.',NULL,NULL,'',NULL,19,NULL);
CREATE TABLE finding_excerpt (
	finding_id CHAR(32) NOT NULL, 
	position INTEGER NOT NULL, 
	document_version_id CHAR(32), 
	coding_id CHAR(32), 
	start_char INTEGER, 
	end_char INTEGER, 
	quote TEXT NOT NULL, 
	CONSTRAINT pk_finding_excerpt PRIMARY KEY (finding_id, position), 
	CONSTRAINT fk_finding_excerpt_coding_id FOREIGN KEY(coding_id) REFERENCES coding (id), 
	CONSTRAINT fk_finding_excerpt_document_version_id FOREIGN KEY(document_version_id) REFERENCES document_version (id), 
	CONSTRAINT fk_finding_excerpt_finding_id FOREIGN KEY(finding_id) REFERENCES finding (id)
);
CREATE TABLE finished (
	id CHAR(32) NOT NULL, 
	study_id CHAR(32) NOT NULL, 
	coding_round_id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	document_version_id CHAR(32) NOT NULL, 
	created_event INTEGER NOT NULL, 
	retired_event INTEGER, 
	CONSTRAINT pk_finished PRIMARY KEY (id), 
	CONSTRAINT fk_finished_coding_round_id FOREIGN KEY(coding_round_id) REFERENCES coding_round (id), 
	CONSTRAINT fk_finished_document_version_id FOREIGN KEY(document_version_id) REFERENCES document_version (id), 
	CONSTRAINT fk_finished_member_id FOREIGN KEY(member_id) REFERENCES member (id), 
	CONSTRAINT fk_finished_study_id FOREIGN KEY(study_id) REFERENCES study (id)
);
INSERT INTO "finished" VALUES('36f188c831a54e478712fdac1da08702','bd539b6499774a0d8a1c9361af894307','8ef4152cb5084e6c9ac4c6838382ed22','7cf953a0e0eb42a5b6fbafd82da250fd','04833f90ac6749948794e4fde6be687b',11,NULL);
INSERT INTO "finished" VALUES('0d274ae0a2514b5a9c7f5e9a5b519088','bd539b6499774a0d8a1c9361af894307','8ef4152cb5084e6c9ac4c6838382ed22','9131b067d2cc440d98c6add004e9eb0b','04833f90ac6749948794e4fde6be687b',12,13);
INSERT INTO "finished" VALUES('ab72e3dfe4b24e4cbe02cb3b1997e333','bd539b6499774a0d8a1c9361af894307','8ef4152cb5084e6c9ac4c6838382ed22','9131b067d2cc440d98c6add004e9eb0b','04833f90ac6749948794e4fde6be687b',14,NULL);
CREATE TABLE head (
	study_id CHAR(32) NOT NULL, 
	seq INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_head PRIMARY KEY (study_id), 
	CONSTRAINT fk_head_study_id FOREIGN KEY(study_id) REFERENCES study (id)
);
INSERT INTO "head" VALUES('bd539b6499774a0d8a1c9361af894307',23,'95da1190c35a1723dd83de9d4ddc64006638ed730234c039e01a69eee7be098a');
CREATE TABLE judgement (
	id CHAR(32) NOT NULL, 
	study_id CHAR(32) NOT NULL, 
	matrix_row_id CHAR(32) NOT NULL, 
	source_a_id CHAR(32) NOT NULL, 
	source_b_id CHAR(32) NOT NULL, 
	researcher_id CHAR(32) NOT NULL, 
	meaning TEXT, 
	prominence TEXT, 
	coverage TEXT, 
	examples TEXT, 
	assigned TEXT, 
	silence TEXT, 
	expected TEXT, 
	reason TEXT DEFAULT '' NOT NULL, 
	created_event INTEGER NOT NULL, 
	retired_event INTEGER, 
	CONSTRAINT pk_judgement PRIMARY KEY (id), 
	CONSTRAINT fk_judgement_matrix_row_id FOREIGN KEY(matrix_row_id) REFERENCES matrix_row (id), 
	CONSTRAINT fk_judgement_researcher_id FOREIGN KEY(researcher_id) REFERENCES member (id), 
	CONSTRAINT fk_judgement_source_a_id FOREIGN KEY(source_a_id) REFERENCES source (id), 
	CONSTRAINT fk_judgement_source_b_id FOREIGN KEY(source_b_id) REFERENCES source (id), 
	CONSTRAINT fk_judgement_study_id FOREIGN KEY(study_id) REFERENCES study (id)
);
INSERT INTO "judgement" VALUES('4cba1bce1dbc47d29d6a6174158340e3','bd539b6499774a0d8a1c9361af894307','1f2a874b75534f858ece8dd0e0f2b54c','6592846a617546658100ac9eeada1283','2fd6edfd72314af58c31efb147b8c3c8','7cf953a0e0eb42a5b6fbafd82da250fd','same',NULL,NULL,NULL,NULL,NULL,NULL,'both say so',21,NULL);
CREATE TABLE judgements_locked (
	id CHAR(32) NOT NULL, 
	study_id CHAR(32) NOT NULL, 
	researcher_id CHAR(32) NOT NULL, 
	created_event INTEGER NOT NULL, 
	retired_event INTEGER, 
	CONSTRAINT pk_judgements_locked PRIMARY KEY (id), 
	CONSTRAINT fk_judgements_locked_researcher_id FOREIGN KEY(researcher_id) REFERENCES member (id), 
	CONSTRAINT fk_judgements_locked_study_id FOREIGN KEY(study_id) REFERENCES study (id)
);
INSERT INTO "judgements_locked" VALUES('a135b90c441840efb2b1621e1150356f','bd539b6499774a0d8a1c9361af894307','7cf953a0e0eb42a5b6fbafd82da250fd',22,NULL);
CREATE TABLE matrix_row (
	id CHAR(32) NOT NULL, 
	study_id CHAR(32) NOT NULL, 
	code_id CHAR(32) NOT NULL, 
	statement TEXT DEFAULT '' NOT NULL, 
	created_event INTEGER NOT NULL, 
	CONSTRAINT pk_matrix_row PRIMARY KEY (id), 
	CONSTRAINT fk_matrix_row_code_id FOREIGN KEY(code_id) REFERENCES code (id), 
	CONSTRAINT fk_matrix_row_study_id FOREIGN KEY(study_id) REFERENCES study (id), 
	CONSTRAINT uq_matrix_row_study_id_code_id_statement UNIQUE (study_id, code_id, statement)
);
INSERT INTO "matrix_row" VALUES('1f2a874b75534f858ece8dd0e0f2b54c','bd539b6499774a0d8a1c9361af894307','58cb4cd701b64073bfc24b85f53b228e','',18);
CREATE TABLE member (
	id CHAR(32) NOT NULL, 
	study_id CHAR(32) NOT NULL, 
	name TEXT NOT NULL, 
	role TEXT NOT NULL, 
	created_event INTEGER NOT NULL, 
	retired_event INTEGER, 
	CONSTRAINT pk_member PRIMARY KEY (id), 
	CONSTRAINT ck_member_role CHECK (role IN ('lead', 'researcher')), 
	CONSTRAINT fk_member_study_id FOREIGN KEY(study_id) REFERENCES study (id), 
	CONSTRAINT uq_member_study_id_name UNIQUE (study_id, name)
);
INSERT INTO "member" VALUES('7e8c6c46b4a24f74901ea63a2abca7b3','bd539b6499774a0d8a1c9361af894307','Lena','lead',1,NULL);
INSERT INTO "member" VALUES('7cf953a0e0eb42a5b6fbafd82da250fd','bd539b6499774a0d8a1c9361af894307','Anna','researcher',2,NULL);
INSERT INTO "member" VALUES('9131b067d2cc440d98c6add004e9eb0b','bd539b6499774a0d8a1c9361af894307','Bram','researcher',3,NULL);
CREATE TABLE memo (
	id CHAR(32) NOT NULL, 
	study_id CHAR(32) NOT NULL, 
	lineage_id CHAR(32) NOT NULL, 
	author_id CHAR(32) NOT NULL, 
	text TEXT NOT NULL, 
	created_event INTEGER NOT NULL, 
	retired_event INTEGER, 
	CONSTRAINT pk_memo PRIMARY KEY (id), 
	CONSTRAINT fk_memo_author_id FOREIGN KEY(author_id) REFERENCES member (id), 
	CONSTRAINT fk_memo_study_id FOREIGN KEY(study_id) REFERENCES study (id)
);
INSERT INTO "memo" VALUES('0efc9f964a4c4b94bc3a55c51c3758d7','bd539b6499774a0d8a1c9361af894307','00000000000040008000000000000001','7cf953a0e0eb42a5b6fbafd82da250fd','first memo',9,NULL);
CREATE TABLE protocol (
	id CHAR(32) NOT NULL, 
	study_id CHAR(32) NOT NULL, 
	rule TEXT NOT NULL, 
	created_event INTEGER NOT NULL, 
	retired_event INTEGER, 
	CONSTRAINT pk_protocol PRIMARY KEY (id), 
	CONSTRAINT fk_protocol_study_id FOREIGN KEY(study_id) REFERENCES study (id)
);
INSERT INTO "protocol" VALUES('c3d7b222685341ad9830d4f548c205e5','bd539b6499774a0d8a1c9361af894307','meaning_first',23,NULL);
CREATE TABLE reveal (
	id CHAR(32) NOT NULL, 
	study_id CHAR(32) NOT NULL, 
	coding_round_id CHAR(32) NOT NULL, 
	created_event INTEGER NOT NULL, 
	CONSTRAINT pk_reveal PRIMARY KEY (id), 
	CONSTRAINT fk_reveal_coding_round_id FOREIGN KEY(coding_round_id) REFERENCES coding_round (id), 
	CONSTRAINT fk_reveal_study_id FOREIGN KEY(study_id) REFERENCES study (id), 
	CONSTRAINT uq_reveal_coding_round_id UNIQUE (coding_round_id)
);
INSERT INTO "reveal" VALUES('2eefb43b788744e999b0f4cb460a5e70','bd539b6499774a0d8a1c9361af894307','8ef4152cb5084e6c9ac4c6838382ed22',15);
CREATE TABLE round_coder (
	coding_round_id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_round_coder PRIMARY KEY (coding_round_id, member_id), 
	CONSTRAINT fk_round_coder_coding_round_id FOREIGN KEY(coding_round_id) REFERENCES coding_round (id), 
	CONSTRAINT fk_round_coder_member_id FOREIGN KEY(member_id) REFERENCES member (id)
);
INSERT INTO "round_coder" VALUES('8ef4152cb5084e6c9ac4c6838382ed22','7cf953a0e0eb42a5b6fbafd82da250fd',0);
INSERT INTO "round_coder" VALUES('8ef4152cb5084e6c9ac4c6838382ed22','9131b067d2cc440d98c6add004e9eb0b',1);
CREATE TABLE round_document (
	coding_round_id CHAR(32) NOT NULL, 
	document_version_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_round_document PRIMARY KEY (coding_round_id, document_version_id), 
	CONSTRAINT fk_round_document_coding_round_id FOREIGN KEY(coding_round_id) REFERENCES coding_round (id), 
	CONSTRAINT fk_round_document_document_version_id FOREIGN KEY(document_version_id) REFERENCES document_version (id)
);
INSERT INTO "round_document" VALUES('8ef4152cb5084e6c9ac4c6838382ed22','04833f90ac6749948794e4fde6be687b');
CREATE TABLE section (
	document_version_id CHAR(32) NOT NULL, 
	position INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	start_char INTEGER NOT NULL, 
	end_char INTEGER NOT NULL, 
	level INTEGER, 
	speaker TEXT, 
	seconds FLOAT, 
	CONSTRAINT pk_section PRIMARY KEY (document_version_id, position), 
	CONSTRAINT ck_section_span CHECK (start_char >= 0 AND end_char > start_char), 
	CONSTRAINT fk_section_document_version_id FOREIGN KEY(document_version_id) REFERENCES document_version (id)
);
INSERT INTO "section" VALUES('04833f90ac6749948794e4fde6be687b',0,'paragraph',0,7,NULL,NULL,NULL);
INSERT INTO "section" VALUES('04833f90ac6749948794e4fde6be687b',1,'paragraph',9,53,NULL,NULL,NULL);
CREATE TABLE source (
	id CHAR(32) NOT NULL, 
	study_id CHAR(32) NOT NULL, 
	label TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	created_event INTEGER NOT NULL, 
	retired_event INTEGER, 
	CONSTRAINT pk_source PRIMARY KEY (id), 
	CONSTRAINT fk_source_study_id FOREIGN KEY(study_id) REFERENCES study (id), 
	CONSTRAINT uq_source_study_id_label UNIQUE (study_id, label)
);
INSERT INTO "source" VALUES('2fd6edfd72314af58c31efb147b8c3c8','bd539b6499774a0d8a1c9361af894307','Steering group','meeting report',5,NULL);
INSERT INTO "source" VALUES('6592846a617546658100ac9eeada1283','bd539b6499774a0d8a1c9361af894307','Interviews','interview',17,NULL);
CREATE TABLE study (
	id CHAR(32) NOT NULL, 
	name TEXT NOT NULL, 
	log_key BLOB NOT NULL, 
	created_event INTEGER NOT NULL, 
	CONSTRAINT pk_study PRIMARY KEY (id), 
	CONSTRAINT uq_study_name UNIQUE (name)
);
INSERT INTO "study" VALUES('bd539b6499774a0d8a1c9361af894307','Region',X'FBD3FA4C700EB1BE84657AA2A069FFE0949AB8D5F90FFEE410EB6068E553A1D2',1);
CREATE INDEX ix_event_entity_id ON event (entity_id);
CREATE INDEX ix_protocol_live ON protocol (study_id) WHERE retired_event IS NULL;
CREATE INDEX ix_document_source_id ON document (source_id);
CREATE INDEX ix_judgements_locked_live ON judgements_locked (study_id) WHERE retired_event IS NULL;
CREATE INDEX ix_memo_lineage_id ON memo (lineage_id);
CREATE INDEX ix_coding_code_id ON coding (code_id, document_version_id);
CREATE INDEX ix_coding_lineage_id ON coding (lineage_id);
CREATE INDEX ix_coding_live ON coding (document_version_id, start_char, end_char) WHERE retired_event IS NULL;
CREATE INDEX ix_existence_live ON existence (study_id) WHERE retired_event IS NULL;
CREATE INDEX ix_finding_live ON finding (study_id) WHERE retired_event IS NULL;
CREATE INDEX ix_finished_round ON finished (coding_round_id, member_id, document_version_id);
CREATE INDEX ix_judgement_live ON judgement (study_id) WHERE retired_event IS NULL;
CREATE TRIGGER keep_study BEFORE DELETE ON study BEGIN SELECT RAISE(ABORT, 'study is kept as it was stored'); END;
CREATE TRIGGER fix_study BEFORE UPDATE OF "id", "name", "log_key", "created_event" ON study BEGIN SELECT RAISE(ABORT, 'study is kept as it was stored'); END;
CREATE TRIGGER keep_codebook BEFORE DELETE ON codebook BEGIN SELECT RAISE(ABORT, 'codebook is kept as it was stored'); END;
CREATE TRIGGER fix_codebook BEFORE UPDATE OF "id", "study_id", "name", "created_event" ON codebook BEGIN SELECT RAISE(ABORT, 'codebook is kept as it was stored'); END;
CREATE TRIGGER keep_event BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'event is kept as it was stored'); END;
CREATE TRIGGER fix_event BEFORE UPDATE OF "study_id", "seq", "operation_id", "at", "actor_id", "action", "entity", "entity_id", "detail", "rows_hmac", "reason_hmac", "app_version", "previous", "hash" ON event BEGIN SELECT RAISE(ABORT, 'event is kept as it was stored'); END;
CREATE TRIGGER keep_member BEFORE DELETE ON member BEGIN SELECT RAISE(ABORT, 'member is kept as it was stored'); END;
CREATE TRIGGER fix_member BEFORE UPDATE OF "id", "study_id", "name", "role", "created_event" ON member BEGIN SELECT RAISE(ABORT, 'member is kept as it was stored'); END;
CREATE TRIGGER retire_once_member BEFORE UPDATE OF retired_event ON member WHEN OLD.retired_event IS NOT NULL OR NEW.retired_event IS NULL BEGIN SELECT RAISE(ABORT, 'member is kept as it was stored'); END;
CREATE TRIGGER keep_protocol BEFORE DELETE ON protocol BEGIN SELECT RAISE(ABORT, 'protocol is kept as it was stored'); END;
CREATE TRIGGER fix_protocol BEFORE UPDATE OF "id", "study_id", "rule", "created_event" ON protocol BEGIN SELECT RAISE(ABORT, 'protocol is kept as it was stored'); END;
CREATE TRIGGER retire_once_protocol BEFORE UPDATE OF retired_event ON protocol WHEN OLD.retired_event IS NOT NULL OR NEW.retired_event IS NULL BEGIN SELECT RAISE(ABORT, 'protocol is kept as it was stored'); END;
CREATE TRIGGER keep_source BEFORE DELETE ON source BEGIN SELECT RAISE(ABORT, 'source is kept as it was stored'); END;
CREATE TRIGGER fix_source BEFORE UPDATE OF "id", "study_id", "label", "kind", "created_event" ON source BEGIN SELECT RAISE(ABORT, 'source is kept as it was stored'); END;
CREATE TRIGGER retire_once_source BEFORE UPDATE OF retired_event ON source WHEN OLD.retired_event IS NOT NULL OR NEW.retired_event IS NULL BEGIN SELECT RAISE(ABORT, 'source is kept as it was stored'); END;
CREATE TRIGGER keep_code BEFORE DELETE ON code BEGIN SELECT RAISE(ABORT, 'code is kept as it was stored'); END;
CREATE TRIGGER fix_code BEFORE UPDATE OF "id", "study_id", "codebook_id", "created_event" ON code BEGIN SELECT RAISE(ABORT, 'code is kept as it was stored'); END;
CREATE TRIGGER keep_codebook_version BEFORE DELETE ON codebook_version BEGIN SELECT RAISE(ABORT, 'codebook_version is kept as it was stored'); END;
CREATE TRIGGER fix_codebook_version BEFORE UPDATE OF "id", "study_id", "codebook_id", "number", "rules", "rollups", "created_event" ON codebook_version BEGIN SELECT RAISE(ABORT, 'codebook_version is kept as it was stored'); END;
CREATE TRIGGER keep_document BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'document is kept as it was stored'); END;
CREATE TRIGGER fix_document BEFORE UPDATE OF "id", "study_id", "source_id", "title", "date", "language", "raw_sha256", "created_event" ON document BEGIN SELECT RAISE(ABORT, 'document is kept as it was stored'); END;
CREATE TRIGGER retire_once_document BEFORE UPDATE OF retired_event ON document WHEN OLD.retired_event IS NOT NULL OR NEW.retired_event IS NULL BEGIN SELECT RAISE(ABORT, 'document is kept as it was stored'); END;
CREATE TRIGGER keep_judgements_locked BEFORE DELETE ON judgements_locked BEGIN SELECT RAISE(ABORT, 'judgements_locked is kept as it was stored'); END;
CREATE TRIGGER fix_judgements_locked BEFORE UPDATE OF "id", "study_id", "researcher_id", "created_event" ON judgements_locked BEGIN SELECT RAISE(ABORT, 'judgements_locked is kept as it was stored'); END;
CREATE TRIGGER retire_once_judgements_locked BEFORE UPDATE OF retired_event ON judgements_locked WHEN OLD.retired_event IS NOT NULL OR NEW.retired_event IS NULL BEGIN SELECT RAISE(ABORT, 'judgements_locked is kept as it was stored'); END;
CREATE TRIGGER keep_memo BEFORE DELETE ON memo BEGIN SELECT RAISE(ABORT, 'memo is kept as it was stored'); END;
CREATE TRIGGER fix_memo BEFORE UPDATE OF "id", "study_id", "lineage_id", "author_id", "text", "created_event" ON memo BEGIN SELECT RAISE(ABORT, 'memo is kept as it was stored'); END;
CREATE TRIGGER retire_once_memo BEFORE UPDATE OF retired_event ON memo WHEN OLD.retired_event IS NOT NULL OR NEW.retired_event IS NULL BEGIN SELECT RAISE(ABORT, 'memo is kept as it was stored'); END;
CREATE TRIGGER keep_code_revision BEFORE DELETE ON code_revision BEGIN SELECT RAISE(ABORT, 'code_revision is kept as it was stored'); END;
CREATE TRIGGER fix_code_revision BEFORE UPDATE OF "codebook_version_id", "code_id", "parent_id", "position", "key", "label", "definition", "include", "exclude", "example", "ticd", "cfir2022" ON code_revision BEGIN SELECT RAISE(ABORT, 'code_revision is kept as it was stored'); END;
CREATE TRIGGER keep_coding_round BEFORE DELETE ON coding_round BEGIN SELECT RAISE(ABORT, 'coding_round is kept as it was stored'); END;
CREATE TRIGGER fix_coding_round BEFORE UPDATE OF "id", "study_id", "codebook_version_id", "name", "blind", "created_event" ON coding_round BEGIN SELECT RAISE(ABORT, 'coding_round is kept as it was stored'); END;
CREATE TRIGGER keep_document_attribute BEFORE DELETE ON document_attribute BEGIN SELECT RAISE(ABORT, 'document_attribute is kept as it was stored'); END;
CREATE TRIGGER fix_document_attribute BEFORE UPDATE OF "document_id", "name", "value" ON document_attribute BEGIN SELECT RAISE(ABORT, 'document_attribute is kept as it was stored'); END;
CREATE TRIGGER keep_document_version BEFORE DELETE ON document_version BEGIN SELECT RAISE(ABORT, 'document_version is kept as it was stored'); END;
CREATE TRIGGER fix_document_version BEFORE UPDATE OF "id", "study_id", "document_id", "number", "text", "text_sha256", "characters", "words", "created_event" ON document_version BEGIN SELECT RAISE(ABORT, 'document_version is kept as it was stored'); END;
CREATE TRIGGER keep_matrix_row BEFORE DELETE ON matrix_row BEGIN SELECT RAISE(ABORT, 'matrix_row is kept as it was stored'); END;
CREATE TRIGGER fix_matrix_row BEFORE UPDATE OF "id", "study_id", "code_id", "statement", "created_event" ON matrix_row BEGIN SELECT RAISE(ABORT, 'matrix_row is kept as it was stored'); END;
CREATE TRIGGER keep_coding BEFORE DELETE ON coding BEGIN SELECT RAISE(ABORT, 'coding is kept as it was stored'); END;
CREATE TRIGGER fix_coding BEFORE UPDATE OF "id", "lineage_id", "study_id", "document_version_id", "coder_id", "code_id", "codebook_version_id", "coding_round_id", "start_char", "end_char", "quote", "prefix", "suffix", "valence", "created_event" ON coding BEGIN SELECT RAISE(ABORT, 'coding is kept as it was stored'); END;
CREATE TRIGGER retire_once_coding BEFORE UPDATE OF retired_event ON coding WHEN OLD.retired_event IS NOT NULL OR NEW.retired_event IS NULL BEGIN SELECT RAISE(ABORT, 'coding is kept as it was stored'); END;
CREATE TRIGGER keep_existence BEFORE DELETE ON existence BEGIN SELECT RAISE(ABORT, 'existence is kept as it was stored'); END;
CREATE TRIGGER fix_existence BEFORE UPDATE OF "id", "study_id", "matrix_row_id", "source_id", "researcher_id", "speaks", "created_event" ON existence BEGIN SELECT RAISE(ABORT, 'existence is kept as it was stored'); END;
CREATE TRIGGER retire_once_existence BEFORE UPDATE OF retired_event ON existence WHEN OLD.retired_event IS NOT NULL OR NEW.retired_event IS NULL BEGIN SELECT RAISE(ABORT, 'existence is kept as it was stored'); END;
CREATE TRIGGER keep_finding BEFORE DELETE ON finding BEGIN SELECT RAISE(ABORT, 'finding is kept as it was stored'); END;
CREATE TRIGGER fix_finding BEFORE UPDATE OF "id", "study_id", "source_id", "matrix_row_id", "researcher_id", "statement", "valence", "prominence", "coverage", "importance", "created_event" ON finding BEGIN SELECT RAISE(ABORT, 'finding is kept as it was stored'); END;
CREATE TRIGGER retire_once_finding BEFORE UPDATE OF retired_event ON finding WHEN OLD.retired_event IS NOT NULL OR NEW.retired_event IS NULL BEGIN SELECT RAISE(ABORT, 'finding is kept as it was stored'); END;
CREATE TRIGGER keep_finished BEFORE DELETE ON finished BEGIN SELECT RAISE(ABORT, 'finished is kept as it was stored'); END;
CREATE TRIGGER fix_finished BEFORE UPDATE OF "id", "study_id", "coding_round_id", "member_id", "document_version_id", "created_event" ON finished BEGIN SELECT RAISE(ABORT, 'finished is kept as it was stored'); END;
CREATE TRIGGER retire_once_finished BEFORE UPDATE OF retired_event ON finished WHEN OLD.retired_event IS NOT NULL OR NEW.retired_event IS NULL BEGIN SELECT RAISE(ABORT, 'finished is kept as it was stored'); END;
CREATE TRIGGER keep_judgement BEFORE DELETE ON judgement BEGIN SELECT RAISE(ABORT, 'judgement is kept as it was stored'); END;
CREATE TRIGGER fix_judgement BEFORE UPDATE OF "id", "study_id", "matrix_row_id", "source_a_id", "source_b_id", "researcher_id", "meaning", "prominence", "coverage", "examples", "assigned", "silence", "expected", "reason", "created_event" ON judgement BEGIN SELECT RAISE(ABORT, 'judgement is kept as it was stored'); END;
CREATE TRIGGER retire_once_judgement BEFORE UPDATE OF retired_event ON judgement WHEN OLD.retired_event IS NOT NULL OR NEW.retired_event IS NULL BEGIN SELECT RAISE(ABORT, 'judgement is kept as it was stored'); END;
CREATE TRIGGER keep_reveal BEFORE DELETE ON reveal BEGIN SELECT RAISE(ABORT, 'reveal is kept as it was stored'); END;
CREATE TRIGGER fix_reveal BEFORE UPDATE OF "id", "study_id", "coding_round_id", "created_event" ON reveal BEGIN SELECT RAISE(ABORT, 'reveal is kept as it was stored'); END;
CREATE TRIGGER keep_round_coder BEFORE DELETE ON round_coder BEGIN SELECT RAISE(ABORT, 'round_coder is kept as it was stored'); END;
CREATE TRIGGER fix_round_coder BEFORE UPDATE OF "coding_round_id", "member_id", "position" ON round_coder BEGIN SELECT RAISE(ABORT, 'round_coder is kept as it was stored'); END;
CREATE TRIGGER keep_round_document BEFORE DELETE ON round_document BEGIN SELECT RAISE(ABORT, 'round_document is kept as it was stored'); END;
CREATE TRIGGER fix_round_document BEFORE UPDATE OF "coding_round_id", "document_version_id" ON round_document BEGIN SELECT RAISE(ABORT, 'round_document is kept as it was stored'); END;
CREATE TRIGGER keep_section BEFORE DELETE ON section BEGIN SELECT RAISE(ABORT, 'section is kept as it was stored'); END;
CREATE TRIGGER fix_section BEFORE UPDATE OF "document_version_id", "position", "kind", "start_char", "end_char", "level", "speaker", "seconds" ON section BEGIN SELECT RAISE(ABORT, 'section is kept as it was stored'); END;
CREATE TRIGGER keep_finding_excerpt BEFORE DELETE ON finding_excerpt BEGIN SELECT RAISE(ABORT, 'finding_excerpt is kept as it was stored'); END;
CREATE TRIGGER fix_finding_excerpt BEFORE UPDATE OF "finding_id", "position", "document_version_id", "coding_id", "start_char", "end_char", "quote" ON finding_excerpt BEGIN SELECT RAISE(ABORT, 'finding_excerpt is kept as it was stored'); END;
COMMIT;
