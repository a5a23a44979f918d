"""SAM to plain CloudFormation, as `sam deploy` has it done: `python sam_transform.py TEMPLATE BUCKET` prints JSON.

What `sam package` does with local code is done here too: every CodeUri becomes BUCKET and the function's logical id. The Region comes from AWS_DEFAULT_REGION.
"""

import json
import sys

from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class ManagedPolicies:
    def load(self):
        return {}


def main(file, bucket):
    with open(file) as text:
        document = yaml_parse(text.read())
    for name, resource in document["Resources"].items():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = {"Bucket": bucket, "Key": name}
    try:
        print(json.dumps(transform(document, {}, ManagedPolicies()), default=str))
    except InvalidDocumentException as error:
        sys.exit("; ".join([error.message, *(cause.message for cause in error.causes)]))


if __name__ == "__main__":
    main(*sys.argv[1:])
