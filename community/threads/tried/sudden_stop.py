"""Medicines and implants that are dangerous to stop suddenly. Where this comes from is in
docs/tried.md. `*` stands for any ending.
"""

MEDICINES = (
    *("baclofen", "lioresal", "lyflex", "gablofen"),
    *("benzodiazepine*", "clonazepam", "klonopin", "rivotril", "diazepam", "valium"),
    *("alprazolam", "xanax", "clobazam", "frisium", "lorazepam", "ativan", "temazepam"),
    *("anticholinergic*", "trihexyphenidyl", "benzhexol", "artane", "broflex"),
    *("procyclidine", "kemadrin", "benztropine", "benzatropine", "cogentin"),
    *("biperiden", "akineton", "orphenadrine"),
    *("tetrabenazine", "xenazine", "nitoman", "deutetrabenazine", "austedo"),
    *("levodopa", "l-dopa", "sinemet", "madopar", "stalevo", "co-careldopa", "co-beneldopa"),
    *("antiepileptic*", "anti-epileptic*", "anticonvulsant*", "gabapentin", "neurontin"),
    *("pregabalin", "lyrica", "carbamazepine", "tegretol", "oxcarbazepine", "trileptal"),
    *("levetiracetam", "keppra", "topiramate", "topamax", "valpro*", "epilim", "depakote"),
    *("lamotrigine", "lamictal", "zonisamide", "primidone", "phenobarbit*"),
)
DEVICES = (
    *("dbs", "deep brain stimulat*", "brain stimulator", "neurostimulator*", "my stimulator"),
    *("baclofen pump*", "intrathecal*", "itb pump*", "pump battery", "pulse generator*"),
)
