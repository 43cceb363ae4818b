"""Static files with a hash in their names, for ES modules too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """Rewrites ``import … from "./x.js"`` to the hashed names as well."""

    support_js_module_import_aggregation = True
    manifest_strict = True
