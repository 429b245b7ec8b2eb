"""Static files named by their content, the modules they import included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):
    """Also rewrites `import … from "./x.js"` in modules."""

    support_js_module_import_aggregation = True
